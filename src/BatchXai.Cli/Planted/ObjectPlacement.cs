namespace BatchXai.Cli.Planted;

/// <summary>How an object lies in the image.</summary>
/// <param name="Area">Its area as a share of the image.</param>
/// <param name="Angle">Its rotation in radians.</param>
/// <param name="CentreX">Its centre in pixels, from the left.</param>
/// <param name="CentreY">Its centre in pixels, from the top.</param>
internal readonly record struct ObjectPlacement(double Area, double Angle, double CentreX, double CentreY);
