using System.Net;
using System.Text.RegularExpressions;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Cli.Tests.Serve;

/// <summary><c>batchxai serve</c> in a process of its own.</summary>
internal sealed partial class ServedPages : IDisposable
{
    private readonly StartedProgram program;

    private ServedPages(StartedProgram program, Uri address) => (this.program, Client) = (program, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) });

    public HttpClient Client { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts it at a free port, over the folders that are noted in <paramref name="state"/>.</summary>
    public static async Task<ServedPages> StartAsync(string state, params string[] arguments)
    {
        var program = new StartedProgram("batchxai", ["serve", "--port", "0", .. arguments], (PrivateState.Variable, state), ("NO_COLOR", "1"));
        var line = await program.Output.ReadLineAsync(Ct) ?? throw new InvalidOperationException(await program.Errors.ReadToEndAsync(Ct));
        return new(program, new Uri(line.Split(' ')[0]));
    }

    /// <summary>A page, which must be there.</summary>
    public async Task<string> GetAsync(string address)
    {
        using var answer = await Client.GetAsync(address, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}: {text}");
        return text;
    }

    /// <summary>Sends the form of a page that goes to an address, with its hidden fields and others; returns what is shown then.</summary>
    public async Task<string> SendFormAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var form = Regex.Match(await GetAsync(page), $"<form[^>]*action=\"{action}\".*?</form>", RegexOptions.Singleline).Value;
        var hidden = Hidden().Matches(form).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var answer = await Client.PostAsync(action, new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))), Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{action}: {answer.StatusCode}: {text}");
        return text;
    }

    /// <summary>What it has written beside its address; it must have ended.</summary>
    public Task<string> ErrorsAsync() => program.Errors.ReadToEndAsync(Ct);

    /// <summary>The audits that a list links to.</summary>
    public static IReadOnlyList<Guid> AuditsIn(string page) => [.. Audit().Matches(page).Select(match => Guid.Parse(match.Groups[1].Value)).Distinct()];

    /// <summary>Ends it as Ctrl-C does; returns the exit code.</summary>
    public Task<int> StopAsync()
    {
        program.Terminate();
        return program.EndAsync(Ct);
    }

    public void Dispose()
    {
        Client.Dispose();
        program.Dispose();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("href=\"/audits/([0-9a-f-]{36})\"")]
    private static partial Regex Audit();
}
