namespace BatchXai.Imaging;

/// <summary>
/// Colour maps as tables of 256 colours: viridis and inferno by van der Walt and Smith (2015), cividis by Nuñez, Anderton and Renslow (2018, doi 10.1371/journal.pone.0199239).
/// Kept as every fifth entry; linear interpolation gives the others within 1 level of 255, 4 at the kink of cividis.
/// </summary>
public static class ColourMap
{
    private const string ViridisKnots =
        "44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a" +
        "3a538b38598c355e8d33638d31688e2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d" +
        "20928c1f978b1e9c891fa18821a58524aa8328ae802eb37c35b7793dbc7446c06f50c46a5ac864" +
        "65cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11fd8e219e5e419f1e51dfde725";

    private const string InfernoKnots =
        "00000402020c0504170a072210092d160b391e0c45260c512f0a5b380962400a67490b6a510e6c" +
        "59106e61136e69166e71196e781c6d801f6c88226a902568982766a02a63a82e5fb0315bb73557" +
        "bf3952c63d4dcc4248d34743d94d3ddf5337e45a31e9612bed6925f1711ff47918f78212f98b0b" +
        "fa9407fb9d07fca60cfcb014fbba1ffac42af8cd37f6d746f4e156f2ea69f2f27df5f992fcffa4";

    private const string CividisKnots =
        "00224e002656002a5f002d68003070083370163770203a6f273e6e2e416d34456c3a486c3f4c6c" +
        "444f6c49536c4e566c535a6d575d6d5c616e60646f656870696b716d6f727272747676767a7a78" +
        "7e7d788381798885788d8878928c789690779b9476a09875a59c74aaa073afa471b5a86fbaac6d" +
        "bfb06bc4b468c9b965cfbd62d4c15fdac65bdfca57e5cf52ead34cf0d846f6dd3ffce236fee838";

    private static readonly byte[][] Tables = [Expand(ViridisKnots), Expand(InfernoKnots), Expand(CividisKnots)];

    /// <summary>The colours of a map.</summary>
    /// <param name="name">The map.</param>
    /// <returns>256 × RGB, from lowest to highest.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such map.</exception>
    public static ReadOnlySpan<byte> Table(ColourMapName name) =>
        Enum.IsDefined(name) ? Tables[(int)name] : throw new ArgumentOutOfRangeException(nameof(name), name, "no such colour map");

    private static byte[] Expand(string hex)
    {
        var knots = Convert.FromHexString(hex);
        var table = new byte[256 * 3];
        for (var i = 0; i < table.Length; i++)
        {
            var (entry, channel) = Math.DivRem(i, 3);
            var (knot, part) = Math.DivRem(Math.Min(entry, 254), 5);
            part += entry == 255 ? 1 : 0;
            var (from, to) = (knots[(knot * 3) + channel], knots[((knot + 1) * 3) + channel]);
            table[i] = (byte)((((from * (5 - part)) + (to * part)) + 2) / 5);
        }

        return table;
    }
}
