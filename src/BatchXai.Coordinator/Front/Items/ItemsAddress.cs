using BatchXai.Coordinator.Front.Cohorts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>The address of a list of items, as a person has it: filter, order and page stand in it, so that it can be kept, sent and gone back to.</summary>
public sealed class ItemsAddress
{
    private static readonly string[] Paging = ["after", "before"];

    private readonly IReadOnlyList<KeyValuePair<string, string>> values;

    private ItemsAddress(Guid audit, IReadOnlyList<KeyValuePair<string, string>> values) => (Audit, this.values) = (audit, values);

    /// <summary>The audit.</summary>
    public Guid Audit { get; }

    /// <summary>The list, at this page.</summary>
    public string List => PageAddress.Items(Audit, Pairs(values));

    /// <summary>What says which items are meant: without order, colours and page.</summary>
    public ItemsAddress FilterOnly => new(Audit, [.. values.Where(pair => pair.Key == CohortChoice.Parameter || ItemsRequest.FilterNames.Contains(pair.Key))]);

    /// <summary>Every parameter.</summary>
    public IEnumerable<(string Name, string? Value)> Everything => Pairs(values);

    /// <summary>The list's first page.</summary>
    public string First => PageAddress.Items(Audit, Pairs(Unpaged));

    private IEnumerable<KeyValuePair<string, string>> Unpaged => values.Where(pair => !Paging.Contains(pair.Key));

    /// <summary>Parameters that are empty, as forms send them, are absent.</summary>
    public static ItemsAddress Read(Guid audit, IQueryCollection query) =>
        new(audit, [.. query.SelectMany(pair => pair.Value.Where(value => !string.IsNullOrEmpty(value)).Select(value => KeyValuePair.Create(pair.Key, value!)))]);

    /// <summary>Reads what stands behind the question mark of such an address.</summary>
    public static ItemsAddress Parse(Guid audit, string query) => Read(audit, new QueryCollection(QueryHelpers.ParseQuery(query)));

    /// <summary>Every value of a parameter.</summary>
    public StringValues All(string name) => new([.. values.Where(pair => pair.Key == name).Select(pair => pair.Value)]);

    /// <summary>The first value of a parameter; null: it is absent.</summary>
    public string? Value(string name) => All(name) is [var first, ..] ? first : null;

    /// <summary>Names of the parameters that are there.</summary>
    public IEnumerable<string> Names => values.Select(pair => pair.Key).Distinct();

    /// <summary>The first page with one parameter changed; null: without it.</summary>
    public string With(string name, string? value) => PageAddress.Items(Audit, Parameters(name, value));

    /// <summary>The parameters with one changed, without those of a page.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters(string name, string? value) => Pairs(Unpaged.Where(pair => pair.Key != name)).Append((name, value));

    /// <summary>Another page of the list.</summary>
    /// <param name="way">"after" or "before".</param>
    /// <param name="cursor">Where it begins or ends.</param>
    public string Page(string way, string cursor) => PageAddress.Items(Audit, Pairs(Unpaged).Append((way, cursor)));

    /// <summary>An item of the list, which knows the list.</summary>
    public string Item(long item) => PageAddress.With(PageAddress.Item(Audit, item), Pairs(Unpaged));

    private static IEnumerable<(string Name, string? Value)> Pairs(IEnumerable<KeyValuePair<string, string>> values) => values.Select(pair => (pair.Key, (string?)pair.Value));
}
