using System.Globalization;
using BatchXai.Contracts;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Coordinator.Front;
using BatchXai.Storage;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Api;

/// <summary>Reads what stands behind the question mark of an address; all problems at once.</summary>
internal sealed class Query
{
    private readonly IQueryCollection values;
    private readonly List<string> problems;
    private readonly bool isPage;

    private Query(HttpRequest request)
    {
        values = request.Query;
        var endpoint = request.HttpContext.GetEndpoint()?.Metadata;
        isPage = endpoint?.GetMetadata<PageMark>() is not null;
        var known = endpoint?.GetMetadata<QueryNames>()?.Names ?? [];
        problems = [.. values.Keys.Where(name => !known.Contains(name)).Select(name => $"{Shown.Text(name)}: unknown parameter. Expected {(known.Count == 0 ? "none" : string.Join(", ", known))}.")];
    }

    /// <summary>Reads parameters.</summary>
    /// <exception cref="UserErrorException">Some are wrong or unknown; all are named.</exception>
    public static T Read<T>(HttpRequest request, Func<Query, T> read)
    {
        var query = new Query(request);
        var parameters = read(query);
        return query.problems.Count == 0 ? parameters : throw new UserErrorException(query.problems);
    }

    /// <summary>A whole number in a range.</summary>
    public int? Number(string name, int least, int most) => Value<int>(name, $"a whole number from {least} to {most}", text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    /// <summary>Most entries of a page.</summary>
    public int Limit() => Number("limit", 1, 1_000) ?? 100;

    /// <summary>An id.</summary>
    public Guid? Id(string name) => Value<Guid>(name, "an id such as an earlier page named", text => Guid.TryParseExact(text, "D", out var id) ? id : null);

    /// <summary>One of the words of an enum.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant());
        return Value<T>(name, $"one of {string.Join(", ", words.Keys)}", text => words.TryGetValue(text, out var value) ? value : null);
    }

    /// <summary>Places of items in the dataset, in any order, separated by commas or as several parameters; each once in the answer.</summary>
    public IReadOnlyList<long> Items(string name, int most)
    {
        var (items, problem) = ItemsOf(values[name], most);
        Check(name, problem);
        return items;
    }

    /// <summary>The same, of a form.</summary>
    public static (IReadOnlyList<long> Items, string? Problem) ItemsOf(IEnumerable<string?> texts, int most)
    {
        var items = texts.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var item) ? item : -1).Distinct().ToList();
        return (items, items.Contains(-1) ? "expected places of items in the dataset, such as 1,5,9." : items.Count > most ? $"{items.Count} items. Expected at most {most}." : null);
    }

    /// <summary>Yes or no; no where nothing is said.</summary>
    public bool Flag(string name) => Value<bool>(name, "true or false", text => bool.TryParse(text, out var flag) ? flag : null) ?? false;

    /// <summary>Plain text.</summary>
    public string? Text(string name)
    {
        if (Single(name) is not { } text)
        {
            return null;
        }

        if (JsonLeaf.TextProblem(text) is { } problem)
        {
            problems.Add($"{name}: {problem}");
        }

        return text;
    }

    /// <summary>Text as it stands there: the name of something that is known, whatever it looks like.</summary>
    public string? Raw(string name) => Single(name);

    /// <summary>Adds a problem that only the caller can see, unless the parameter has one already; null: none.</summary>
    public void Check(string name, string? problem)
    {
        if (problem is not null && !problems.Exists(known => known.StartsWith($"{name}: ", StringComparison.Ordinal)))
        {
            problems.Add($"{name}: {problem}");
        }
    }

    private T? Value<T>(string name, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (Single(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            problems.Add($"{name}: '{Shown.Text(text)}'. Expected {expected}.");
        }

        return value;
    }

    private string? Single(string name)
    {
        if (values[name] is { Count: > 1 } several)
        {
            problems.Add($"{name}: given {several.Count} times. Give it once.");
            return null;
        }

        // A form sends its empty fields too.
        return values[name] is [{ } text] && !(isPage && text.Length == 0) ? text : null;
    }
}
