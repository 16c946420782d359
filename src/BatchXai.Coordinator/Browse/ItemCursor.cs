using System.Globalization;
using BatchXai.Coordinator.Data;

namespace BatchXai.Coordinator.Browse;

/// <summary>A place in an ordered list of items: that of one item. Pages begin behind it, so that page 10,000 costs what page 1 costs.</summary>
/// <param name="Key">What the list is ordered by; null: the item has no value there, or the list is ordered by item.</param>
/// <param name="Item">The item's place in the dataset.</param>
public sealed record ItemCursor(double? Key, long Item)
{
    /// <summary>The place of a row.</summary>
    public static ItemCursor Of(ItemRow row, ItemSort sort) => new(row.Result.Method is null ? null : KeyOf(row, sort), row.Item);

    /// <summary>Reads what <see cref="ToString"/> wrote; null: it is something else.</summary>
    public static ItemCursor? Read(string text)
    {
        var parts = text.Split(':');
        return parts.Length is 1 or 2 && long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var item)
            ? parts.Length == 1 ? new(null, item)
            : double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var key) && double.IsFinite(key) ? new(key, item)
            : null
            : null;
    }

    /// <summary>As it stands in an address: <c>0.25:17</c>, or <c>17</c> without a key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Key is { } key ? $"{key.ToString("R", CultureInfo.InvariantCulture)}:" : "")}{Item}");

    private static double? KeyOf(ItemRow row, ItemSort sort) => sort switch
    {
        ItemSort.Focus => row.Result.Measures.Focus,
        ItemSort.BackgroundShare => row.Result.Measures.BackgroundAttention,
        ItemSort.Confidence => row.Result.Confidence,
        _ => null,
    };
}
