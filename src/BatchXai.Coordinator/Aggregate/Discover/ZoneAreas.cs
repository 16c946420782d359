using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Areas of the fixed zones: the chance level of their shares.</summary>
internal static class ZoneAreas
{
    public const double Centre = 0.5;
    public const double Border = 0.36;
    public const double Corner = 0.04;

    /// <summary>Area of a zone that has a fixed one: any but padding.</summary>
    public static double Of(ViewZone zone) => zone switch
    {
        ViewZone.Centre => Centre,
        ViewZone.Border => Border,
        _ => Corner,
    };
}
