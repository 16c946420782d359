using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Storage;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>The text of a cohort's filter: what stands in the address of a list of items, without order and page.</summary>
internal static class CohortFilter
{
    private const int MostName = 100;
    private const int MostText = 16_384;

    /// <summary>Any audit that there can be: what it does not have is told where the cohort is used.</summary>
    private static readonly AuditRequest Any = new() { Model = new() { Path = "" }, Dataset = new() { Path = "" }, Methods = MethodNames.All, Targets = TargetChoice.Both };

    /// <summary>The filter of an address; empty: it has none.</summary>
    public static string Of(ItemsAddress address) => Text(ItemsRequest.FilterNames.SelectMany(name => address.All(name).Select(value => KeyValuePair.Create(name, value))));

    /// <summary>The filter of an address, which says too whose measures it asks for: another audit may list other methods first.</summary>
    public static string Of(ItemsAddress address, ItemQuery query) => !query.Filter.AsksMeasures ? Of(address)
        : Text(ItemsRequest.FilterNames.Select(name => KeyValuePair.Create(name, name switch { "method" => query.Method, "target" => query.Target, _ => address.Value(name) })).Where(pair => pair.Value is not null));

    private static string Text(IEnumerable<KeyValuePair<string, string?>> values) => QueryString.Create(values).Value!.TrimStart('?');

    /// <summary>What is wrong with a cohort that is to be saved.</summary>
    /// <exception cref="UserErrorException">There can be no such cohort; all problems are named.</exception>
    public static void Check(NewCohort asked)
    {
        List<string> problems = [.. NameProblems(asked.Name)];
        var address = ItemsAddress.Parse(Guid.Empty, asked.Filter);
        if (asked.Filter.Length > MostText)
        {
            problems.Add($"filter: {asked.Filter.Length:N0} characters. Expected up to {MostText:N0}.");
        }
        else
        {
            var read = ItemsRequest.Read(address, Any);
            problems.AddRange(address.Names.Where(name => ItemsRequest.Names.Contains(name) && !ItemsRequest.FilterNames.Contains(name)).Select(name => $"filter: {name} is no part of a cohort. Leave it out."));
            problems.AddRange(read.Problems.Select(problem => $"filter: {problem}"));
            if (asked.AuditId is null && read.Query.Filter.Items is not null)
            {
                problems.Add("filter: items are places in the dataset of one audit. Say which audit the cohort is for.");
            }

            if (problems.Count == 0 && !read.IsFiltered)
            {
                problems.Add($"filter: '{Shown.Text(asked.Filter)}' leaves no item out. Expected one or more of {string.Join(", ", ItemsRequest.FilterNames)}, such as class=cat&correct=false.");
            }
        }

        if (problems.Count > 0)
        {
            throw new UserErrorException(problems);
        }
    }

    /// <summary>What is wrong with a name.</summary>
    public static IEnumerable<string> NameProblems(string name)
    {
        if (name.Length is 0 or > MostName || JsonLeaf.TextProblem(name) is not null || name.Trim() != name || Guid.TryParse(name, out _))
        {
            yield return $"name: '{Shown.Text(name)}'. Expected 1 to {MostName} characters without control characters, no blank first or last, and no id.";
        }
    }
}
