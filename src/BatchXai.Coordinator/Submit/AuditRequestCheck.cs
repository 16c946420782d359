using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Submit;

/// <summary>Everything about a request that can be known before any work: all problems at once.</summary>
public static class AuditRequestCheck
{
    /// <summary>The request with every location in its one spelling and implied settings filled in.</summary>
    /// <exception cref="UserErrorException">Something cannot work.</exception>
    public static async Task<AuditRequest> CheckedAsync(AuditRequest request, SourceLocations locations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(locations);
        List<string> problems = [.. Settings(request), .. await PlacesAsync(request, locations, cancellationToken), .. Preprocess(request.Model.Preprocess)];
        return problems.Count > 0 ? throw new UserErrorException(problems) : Normal(request, locations);
    }

    private static IEnumerable<string> Settings(AuditRequest request)
    {
        if (request.Methods.Count == 0)
        {
            yield return $"methods: none given. Expected one or more of {string.Join(", ", MethodNames.All)}.";
        }

        foreach (var method in request.Methods.Except(MethodNames.All))
        {
            yield return $"methods: '{method}' is not known. Expected one or more of {string.Join(", ", MethodNames.All)}.";
        }

        foreach (var twice in request.Methods.GroupBy(method => method).Where(group => group.Count() > 1))
        {
            yield return $"methods: '{twice.Key}' is given {twice.Count()} times. Name each method once.";
        }

        if (request.ShardSize is < 1 or > 10_000)
        {
            yield return $"shardSize: {request.ShardSize}. Expected 1 to 10000 items.";
        }

        if (request.Weight is < 1 or > 100)
        {
            yield return $"weight: {request.Weight}. Expected 1 to 100.";
        }

        if (request.BatchSize is < 1 or > 4_096)
        {
            yield return $"batchSize: {request.BatchSize}. Expected 1 to 4096 images.";
        }
    }

    private static async Task<IReadOnlyList<string>> PlacesAsync(AuditRequest request, SourceLocations locations, CancellationToken cancellationToken)
    {
        (string Field, string? Location, bool File, bool Folder)[] places =
        [
            ("model.path", request.Model.Path, true, false),
            .. request.Model.WeightFiles.Select((weights, at) => ($"model.weightFiles[{at}]", (string?)weights, true, false)),
            ("model.labels", request.Model.Labels, true, false),
            ("dataset.path", request.Dataset.Path, true, true),
            ("dataset.masks", request.Dataset.Masks, false, true),
            ("dataset.classMap", request.Dataset.ClassMap, true, false),
        ];
        List<string> problems = [];
        foreach (var (field, location, file, folder) in places)
        {
            if (location is not null && await ProblemAsync(location, file, folder, locations, cancellationToken) is { } problem)
            {
                problems.Add(location.Length == 0 ? $"{field}: nothing is given. Expected the location of a {Wanted(file, folder)}: {locations.Expected}." : $"{field}: '{location}' {problem}");
            }
        }

        return problems;
    }

    private static async Task<string?> ProblemAsync(string location, bool file, bool folder, SourceLocations locations, CancellationToken cancellationToken)
    {
        if (locations.Refusal(location) is { } reason)
        {
            return $"is refused: {reason}. Expected {locations.Expected}.";
        }

        var found = await locations.FindAsync(location, cancellationToken);
        if ((file && found == LocationKind.File) || (folder && found == LocationKind.Folder))
        {
            return null;
        }

        var there = found switch { LocationKind.File => "a file is there instead", LocationKind.Folder => "a folder is there instead", _ => "nothing is there" };
        var next = Path.IsPathRooted(location) || location.Contains("://", StringComparison.Ordinal) ? "Check the location." : $"Check the path; relative paths start at {Environment.CurrentDirectory}.";
        return $"is not a {Wanted(file, folder)}: {there}. {next}";
    }

    private static string Wanted(bool file, bool folder) => (file, folder) switch { (true, true) => "file or folder", (true, false) => "file", _ => "folder" };

    private static IEnumerable<string> Preprocess(PreprocessSpec preprocess)
    {
        if (!double.IsFinite(preprocess.Scale) || preprocess.Scale == 0)
        {
            yield return $"preprocess.scale: {preprocess.Scale}. Expected a finite factor other than 0, for instance 0.00392157 (1/255).";
        }

        if (preprocess.Mean.Count is not (1 or 3) || !preprocess.Mean.All(double.IsFinite))
        {
            yield return $"preprocess.mean: [{string.Join(", ", preprocess.Mean)}]. Expected one finite number, or three in channel order.";
        }

        if (preprocess.Std.Count is not (1 or 3) || preprocess.Std.Any(value => !double.IsFinite(value) || value == 0))
        {
            yield return $"preprocess.std: [{string.Join(", ", preprocess.Std)}]. Expected one finite number other than 0, or three in channel order.";
        }

        (string Field, int? Value, int Least)[] sizes =
            [("width", preprocess.Width, 1), ("height", preprocess.Height, 1), ("resizeShorter", preprocess.ResizeShorter, 1), ("padding", preprocess.Padding, 0)];
        foreach (var (field, value, least) in sizes)
        {
            var most = field == "padding" ? 255 : 8_192;
            if (value < least || value > most)
            {
                yield return $"preprocess.{field}: {value}. Expected {least} to {most}.";
            }
        }
    }

    private static AuditRequest Normal(AuditRequest request, SourceLocations locations)
    {
        string? Spelt(string? location) => location is null ? null : locations.Normalize(location);
        return request with
        {
            // The loss is the loss for the label: there is no other target.
            Targets = request.Objective == Objective.Loss ? TargetChoice.Label : request.Targets,
            Methods = [.. MethodNames.All.Where(request.Methods.Contains)],
            Model = request.Model with { Path = locations.Normalize(request.Model.Path), WeightFiles = [.. request.Model.WeightFiles.Select(locations.Normalize)], Labels = Spelt(request.Model.Labels) },
            Dataset = request.Dataset with { Path = locations.Normalize(request.Dataset.Path), Masks = Spelt(request.Dataset.Masks), ClassMap = Spelt(request.Dataset.ClassMap) },
        };
    }
}
