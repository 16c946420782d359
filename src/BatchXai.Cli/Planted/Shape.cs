namespace BatchXai.Cli.Planted;

/// <summary>One of the six objects, about its own centre and at its own scale: a polygon, or a disc with or without a hole.</summary>
internal sealed class Shape
{
    private readonly (double X, double Y)[] corners;
    private readonly double innerRadius;

    private Shape(string name, double innerRadius, params (double X, double Y)[] corners)
    {
        (Name, this.innerRadius, this.corners) = (name, innerRadius, corners);
        Area = corners.Length == 0 ? Math.PI * (1 - (innerRadius * innerRadius)) : PolygonArea(corners);
        Radius = corners.Length == 0 ? 1 : corners.Max(corner => Math.Sqrt((corner.X * corner.X) + (corner.Y * corner.Y)));
    }

    /// <summary>The classes, in the order of the model's outputs.</summary>
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("disc", 0),
        new("square", 0, (-1, -1), (1, -1), (1, 1), (-1, 1)),
        new("triangle", 0, (0, -1), (Math.Sqrt(3) / 2, .5), (-Math.Sqrt(3) / 2, .5)),
        new("plus", 0, (-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1)),
        new("ring", .55),
        new("l", 0, (-1, -1), (-.2, -1), (-.2, .2), (1, .2), (1, 1), (-1, 1)),
    ];

    /// <summary>Class name.</summary>
    public string Name { get; }

    /// <summary>Area at its own scale.</summary>
    public double Area { get; }

    /// <summary>Distance of its farthest point from its centre, at its own scale.</summary>
    public double Radius { get; }

    /// <summary>True when the point lies inside.</summary>
    public bool Contains(double x, double y)
    {
        if (corners.Length == 0)
        {
            var square = (x * x) + (y * y);
            return square <= 1 && square >= innerRadius * innerRadius;
        }

        var inside = false;
        for (var (i, j) = (0, corners.Length - 1); i < corners.Length; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }

    /// <summary>The box around the shape turned by <paramref name="angle"/> (radians), at its own scale.</summary>
    public (double Left, double Top, double Right, double Bottom) Extent(double angle)
    {
        if (corners.Length == 0)
        {
            return (-1, -1, 1, 1);
        }

        var (sin, cos) = Math.SinCos(angle);
        var x = corners.Select(c => (c.X * cos) - (c.Y * sin)).ToArray();
        var y = corners.Select(c => (c.X * sin) + (c.Y * cos)).ToArray();
        return (x.Min(), y.Min(), x.Max(), y.Max());
    }

    private static double PolygonArea((double X, double Y)[] corners) =>
        Math.Abs(corners.Zip([.. corners[1..], corners[0]], (a, b) => (a.X * b.Y) - (b.X * a.Y)).Sum()) / 2;
}
