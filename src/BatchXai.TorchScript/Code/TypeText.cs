namespace BatchXai.TorchScript.Code;

/// <summary>Types as torch writes them.</summary>
internal static class TypeText
{
    internal const string Tensor = "Tensor";

    /// <summary>The types between the brackets of <c>Tuple[A, B]</c>; null for any other type.</summary>
    internal static IReadOnlyList<string>? TupleItems(string type) =>
        type.StartsWith("Tuple[", StringComparison.Ordinal) && type.EndsWith(']') ? Split(type["Tuple[".Length..^1]) : null;

    private static List<string> Split(string inside)
    {
        var items = new List<string>();
        var (depth, first) = (0, 0);
        for (var at = 0; at <= inside.Length; at++)
        {
            if (at == inside.Length || (depth == 0 && inside[at] == ','))
            {
                items.Add(inside[first..at].Trim());
                first = at + 1;
            }
            else
            {
                depth += inside[at] switch { '[' => 1, ']' => -1, _ => 0 };
            }
        }

        return items;
    }
}
