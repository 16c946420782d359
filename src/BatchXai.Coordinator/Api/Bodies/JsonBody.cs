using System.Text.Json;
using System.Text.Unicode;
using BatchXai.Contracts;
using BatchXai.Storage.Artifacts;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Api.Bodies;

/// <summary>Reads request bodies: every problem of the whole body is told at once, those of its shape and those of what it asks for.</summary>
internal static class JsonBody
{
    private const int MostProblems = 100;

    /// <summary>Reads a body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="check">Says by <see cref="UserErrorException"/> what the body asks for and cannot have; each problem begins with its field.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UserErrorException">The body is wrong; every problem is named.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, Func<T, Task> check, CancellationToken cancellationToken)
        where T : class
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, cancellationToken);
        using var document = Parse(bytes.ToArray());
        var shape = new JsonShape(StorageJson.Options);
        var body = shape.Mended(document.RootElement, typeof(T)).Deserialize<T>(StorageJson.Options)!;
        List<string> problems = [.. shape.Problems];
        try
        {
            await check(body);
        }
        catch (UserErrorException bad)
        {
            problems.AddRange(bad.Problems.Where(problem => !shape.Replaced.Any(field => problem.StartsWith(field, StringComparison.Ordinal))));
        }

        return problems.Count == 0 ? body : throw new UserErrorException(Shortened(problems));
    }

    private static JsonDocument Parse(byte[] utf8)
    {
        if (utf8.Length == 0)
        {
            throw new UserErrorException("body: empty. Expected a JSON object.");
        }

        if (!Utf8.IsValid(utf8))
        {
            throw new UserErrorException("body: not UTF-8. Write the JSON in UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException bad)
        {
            var what = bad.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw new UserErrorException($"body: not valid JSON at line {bad.LineNumber + 1}, byte {bad.BytePositionInLine + 1}: {what}.");
        }
    }

    private static List<string> Shortened(List<string> problems) =>
        problems.Count <= MostProblems ? problems : [.. problems.Take(MostProblems), $"and {problems.Count - MostProblems:N0} more problems."];
}
