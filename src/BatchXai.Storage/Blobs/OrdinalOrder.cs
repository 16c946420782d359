namespace BatchXai.Storage.Blobs;

/// <summary>The order of names, whoever listed them.</summary>
internal static class OrdinalOrder
{
    /// <summary>
    /// Puts a listing by code points into ordinal order. The two differ only among names that are the same up to a character from U+D800 on (ordinal
    /// order looks at the halves of a pair); such names stand together, and only they are held.
    /// </summary>
    public static async IAsyncEnumerable<T> InOrdinalOrder<T>(this IAsyncEnumerable<T> listing, Func<T, string> name)
    {
        var held = new List<T>();
        var stem = "";
        await foreach (var entry in listing)
        {
            var text = name(entry);
            if (held.Count > 0 && !Continues(text, stem))
            {
                foreach (var one in held.OrderBy(name, StringComparer.Ordinal))
                {
                    yield return one;
                }

                held.Clear();
            }

            var place = held.Count > 0 ? stem.Length : text.AsSpan().IndexOfAnyInRange('\uD800', '\uFFFF');
            if (place < 0)
            {
                yield return entry;
                continue;
            }

            stem = text[..place];
            held.Add(entry);
        }

        foreach (var one in held.OrderBy(name, StringComparer.Ordinal))
        {
            yield return one;
        }
    }

    private static bool Continues(string text, string stem) => text.Length > stem.Length && text[stem.Length] >= '\uD800' && text.StartsWith(stem, StringComparison.Ordinal);
}
