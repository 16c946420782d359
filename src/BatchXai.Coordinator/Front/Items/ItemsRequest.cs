using System.Globalization;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Cohorts;
using BatchXai.Imaging;
using BatchXai.Storage;

namespace BatchXai.Coordinator.Front.Items;

/// <summary>What an address asks for, and what is wrong with it: all at once, so that the form can show it beside what was typed.</summary>
public sealed class ItemsRequest
{
    private const int MaxText = 4_096;
    private const int MostPlaces = 400;

    /// <summary>The parameters that say which items are meant; method and target name the heatmaps whose measures are.</summary>
    public static IReadOnlyList<string> FilterNames { get; } =
        ["items", "class", "unlabelled", "split", "group", "metadata", "outcome", "correct", "predicted", "focus_from", "focus_to", "background_from", "background_to", "turned", "method", "target"];

    /// <summary>The parameters of a list of items, in the order of the form.</summary>
    public static IReadOnlyList<string> Names { get; } = [CohortChoice.Parameter, .. FilterNames, "sort", "desc", "map", "after", "before"];

    private readonly ItemsAddress address;
    private readonly List<string> problems = [];

    private ItemsRequest(ItemsAddress address, AuditRequest audit, ChosenCohort? cohort, IReadOnlyList<string> cohortProblems)
    {
        (this.address, Cohort) = (address, cohort);
        var seen = cohort?.Query;
        problems.AddRange(cohortProblems);
        problems.AddRange(address.Names.Where(name => !Names.Contains(name)).Select(name => $"{Shown.Text(name)}: unknown parameter. Expected {string.Join(", ", Names)}."));
        problems.AddRange(Names.Where(name => address.All(name).Count > 1).Select(name => $"{name}: given {address.All(name).Count} times. Give it once."));
        Query = new(address.Audit, Choice("method", audit.Methods, seen?.Method), Choice("target", Targets(audit), seen?.Target))
        {
            Cohort = seen,
            Filter = new()
            {
                Items = Places("items"),
                Class = Text("class"),
                Unlabelled = Flag("unlabelled") ?? false,
                Split = Text("split"),
                Group = Text("group"),
                Metadata = Metadata("metadata"),
                Outcome = Word("outcome", Outcomes),
                Correct = Word("correct", Correct),
                Predicted = Text("predicted"),
                FocusFrom = Number("focus_from", double.MinValue, 1, "a number up to 1"),
                FocusTo = Number("focus_to", double.MinValue, double.MaxValue, "a number"),
                BackgroundFrom = Number("background_from", 0, 1, "a share from 0 to 1"),
                BackgroundTo = Number("background_to", 0, 1, "a share from 0 to 1"),
                Turned = Flag("turned"),
            },
            Sort = Word("sort", Sorts) ?? ItemSort.Focus,
            Descending = Flag("desc") ?? false,
        };
        Map = Word("map", Maps) ?? ColourMapName.Viridis;
        (After, Before) = (Cursor("after"), Cursor("before"));
        Order("focus_from", Query.Filter.FocusFrom, "focus_to", Query.Filter.FocusTo);
        Order("background_from", Query.Filter.BackgroundFrom, "background_to", Query.Filter.BackgroundTo);
        if (After is not null && Before is not null)
        {
            problems.Add("after, before: both given. Give one of them.");
        }

        if (Query.Filter is { Unlabelled: true, Class: not null })
        {
            problems.Add("class, unlabelled: both given. An item without a label has no class.");
        }
    }

    /// <summary>Words of the outcomes.</summary>
    public static IReadOnlyDictionary<string, ItemOutcome> Outcomes { get; } = Enum.GetValues<ItemOutcome>().ToDictionary(outcome => DatabaseWords.Of($"{outcome}"));

    /// <summary>Words for what the label says.</summary>
    public static IReadOnlyDictionary<string, Correctness> Correct { get; } = new Dictionary<string, Correctness> { ["true"] = Correctness.Right, ["false"] = Correctness.Wrong, ["none"] = Correctness.Unchecked };

    /// <summary>Words of the orders.</summary>
    public static IReadOnlyDictionary<string, ItemSort> Sorts { get; } = Enum.GetValues<ItemSort>().ToDictionary(sort => DatabaseWords.Of($"{sort}"));

    /// <summary>Words of the colour maps that people choose from.</summary>
    public static IReadOnlyDictionary<string, ColourMapName> Maps { get; } = new Dictionary<string, ColourMapName> { ["viridis"] = ColourMapName.Viridis, ["cividis"] = ColourMapName.Cividis };

    /// <summary>The items, as far as the address can be read.</summary>
    public ItemQuery Query { get; }

    /// <summary>Colours of the heatmaps.</summary>
    public ColourMapName Map { get; }

    /// <summary>The page begins behind this; null: no page is named so.</summary>
    public ItemCursor? After { get; }

    /// <summary>The page ends before this; null: no page is named so.</summary>
    public ItemCursor? Before { get; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The cohort that the items are of; null: no cohort is named, or it cannot be used.</summary>
    public ChosenCohort? Cohort { get; }

    /// <summary>Whether the address leaves items out.</summary>
    public bool IsFiltered => Query.Filter != new ItemFilter() || Cohort is not null;

    /// <summary>Reads an address of an audit's items.</summary>
    /// <param name="address">The address.</param>
    /// <param name="audit">The audit.</param>
    /// <param name="cohort">The cohort that the address names; null: none.</param>
    /// <param name="cohortProblems">Why a cohort that it names cannot be used.</param>
    public static ItemsRequest Read(ItemsAddress address, AuditRequest audit, ChosenCohort? cohort = null, params IReadOnlyList<string> cohortProblems) => new(address, audit, cohort, cohortProblems);

    /// <summary>The targets that an audit has heatmaps of.</summary>
    public static IReadOnlyList<string> Targets(AuditRequest audit) => audit.Targets switch
    {
        TargetChoice.Predicted => ["predicted"],
        TargetChoice.Label => ["label"],
        _ => ["predicted", "label"],
    };

    /// <summary>Whether something is wrong with a parameter.</summary>
    public bool IsWrong(string name) => problems.Exists(problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)].Split(", ").Contains(name));

    private string Choice(string name, IReadOnlyList<string> known, string? otherwise)
    {
        var text = address.Value(name);
        if (text is not null && !known.Contains(text))
        {
            Wrong(name, text, $"one of {string.Join(", ", known)}");
        }

        return text is not null && known.Contains(text) ? text : otherwise ?? known[0];
    }

    private T? Word<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        address.Value(name) is not { } text ? null : words.TryGetValue(text, out var value) ? value : Wrong<T>(name, text, $"one of {string.Join(", ", words.Keys)}");

    private bool? Flag(string name) => address.Value(name) is not { } text ? null : text switch { "true" => true, "false" => false, _ => Wrong<bool>(name, text, "true or false") };

    private double? Number(string name, double least, double most, string expected) =>
        address.Value(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong<double>(name, text, expected);

    private IReadOnlyList<long>? Places(string name)
    {
        if (address.Value(name) is not { } text)
        {
            return null;
        }

        var places = text.Split(',').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1).Distinct().ToList();
        if (places.Contains(-1) || places.Count > MostPlaces)
        {
            Wrong(name, text, $"up to {MostPlaces} places of items in the dataset, such as 1,5,9");
        }

        return places;
    }

    private ItemCursor? Cursor(string name)
    {
        if (address.Value(name) is not { } text)
        {
            return null;
        }

        var cursor = ItemCursor.Read(text);
        if (cursor is null)
        {
            Wrong(name, text, "a place such as the links to other pages have it");
        }

        return cursor;
    }

    /// <summary>Names of classes and outputs come from strangers: any text is one, but for what the database cannot hold.</summary>
    private string? Text(string name)
    {
        var text = address.Value(name);
        if (text is not null && (text.Length > MaxText || text.Contains('\0', StringComparison.Ordinal)))
        {
            Wrong(name, text, $"a name of up to {MaxText:N0} characters");
            return null;
        }

        return text;
    }

    private string? Metadata(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (MetadataTerms.Read(text) is null)
        {
            Wrong(name, text, MetadataTerms.Expected);
            return null;
        }

        return text;
    }

    private void Order(string low, double? from, string high, double? to)
    {
        if (from > to)
        {
            problems.Add($"{low}, {high}: {from.Value.ToString(CultureInfo.InvariantCulture)} is above {to.Value.ToString(CultureInfo.InvariantCulture)}. Nothing lies between them.");
        }
    }

    private T? Wrong<T>(string name, string text, string expected)
        where T : struct
    {
        Wrong(name, text, expected);
        return null;
    }

    private void Wrong(string name, string text, string expected) => problems.Add($"{name}: '{Shown.Text(text)}'. Expected {expected}.");
}
