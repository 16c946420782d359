using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Cli.Remote;

/// <summary>A coordinator's HTTP API. Its refusals, and its absence, are told as <see cref="UserErrorException"/>.</summary>
/// <param name="server">Where it is.</param>
/// <param name="key">What is sent with every request; null: nothing. A redirect to another server takes it nowhere: the handler leaves it out there.</param>
internal sealed class CoordinatorClient(Uri server, string? key) : IDisposable
{
    private const string JsonType = "application/json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/"),
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = key is null ? null : new("Bearer", key) },
    };

    /// <summary>Submits an audit; the same key again is the same audit.</summary>
    public Task<AuditView> SubmitAsync(AuditRequest request, string key, CancellationToken cancellationToken) => AskAsync<AuditView>(
        () => new HttpRequestMessage(HttpMethod.Post, "api/audits")
        {
            Content = new StringContent(JsonSerializer.Serialize(request, StorageJson.Options), Encoding.UTF8, JsonType),
            Headers = { { "Idempotency-Key", key } },
        },
        cancellationToken);

    /// <summary>Where an audit stands.</summary>
    public Task<AuditView> FindAsync(Guid audit, CancellationToken cancellationToken) => AskAsync<AuditView>(() => new(HttpMethod.Get, $"api/audits/{audit}"), cancellationToken);

    /// <summary>A page of audits, newest first.</summary>
    public Task<AuditList> ListAsync(string query, CancellationToken cancellationToken) => AskAsync<AuditList>(() => new(HttpMethod.Get, $"api/audits?{query}"), cancellationToken);

    /// <summary>Ends an audit.</summary>
    public Task<AuditView> CancelAsync(Guid audit, CancellationToken cancellationToken) => AskAsync<AuditView>(() => new(HttpMethod.Post, $"api/audits/{audit}/cancel"), cancellationToken);

    /// <summary>Takes an audit up again that failed or was cancelled.</summary>
    public Task<AuditView> RetryAsync(Guid audit, CancellationToken cancellationToken) => AskAsync<AuditView>(() => new(HttpMethod.Post, $"api/audits/{audit}/retry"), cancellationToken);

    /// <summary>Deletes an audit with everything that it stored.</summary>
    public async Task DeleteAsync(Guid audit, CancellationToken cancellationToken) =>
        (await SendAsync(new(HttpMethod.Delete, $"api/audits/{audit}"), HttpCompletionOption.ResponseContentRead, cancellationToken)).Dispose();

    /// <summary>The report of an audit that is done.</summary>
    public Task<OverfittingReport> ReportAsync(Guid audit, CancellationToken cancellationToken) => FindingAsync<OverfittingReport>($"api/audits/{audit}/report", cancellationToken);

    /// <summary>Two finished audits of the same items side by side; takes as long as the reading of all their rows.</summary>
    public Task<ComparisonReport> CompareAsync(Guid first, Guid second, CancellationToken cancellationToken) => FindingAsync<ComparisonReport>($"api/audits/{first}/compare/{second}", cancellationToken);

    /// <summary>A file of an audit's report; it belongs to the caller.</summary>
    public async Task<HttpResponseMessage> ReportFileAsync(Guid audit, string name, CancellationToken cancellationToken) =>
        await SendAsync(new(HttpMethod.Get, $"api/audits/{audit}/{name}"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>The answer's headers have come; what follows are server-sent events.</summary>
    public Task<HttpResponseMessage> EventsAsync(Guid audit, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Get, $"api/audits/{audit}/events"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>The file of this content and name that the server has; null: none.</summary>
    public async Task<UploadedFile?> FindFileAsync(string sha256, string name, CancellationToken cancellationToken)
    {
        using var answer = await RawAsync(new(HttpMethod.Get, $"api/models/{sha256}?name={Uri.EscapeDataString(name)}"), HttpCompletionOption.ResponseContentRead, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<UploadedFile>(await CheckedAsync(answer, cancellationToken), cancellationToken);
    }

    /// <summary>Gives the server a file.</summary>
    public async Task<UploadedFile> UploadAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/models?name={Uri.EscapeDataString(name)}") { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await ReadAsync<UploadedFile>(answer, cancellationToken);
    }

    /// <summary>Creates a key, which nobody can read again.</summary>
    public Task<CreatedKey> CreateKeyAsync(NewKey key, CancellationToken cancellationToken) => AskAsync<CreatedKey>(
        () => new(HttpMethod.Post, "api/keys") { Content = new StringContent(JsonSerializer.Serialize(key, StorageJson.Options), Encoding.UTF8, JsonType) }, cancellationToken);

    /// <summary>All keys, newest first.</summary>
    public Task<IReadOnlyList<KeyView>> KeysAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<KeyView>>(() => new(HttpMethod.Get, "api/keys"), cancellationToken);

    /// <summary>Revokes a key.</summary>
    public Task<KeyView> RevokeKeyAsync(string id, CancellationToken cancellationToken) =>
        AskAsync<KeyView>(() => new(HttpMethod.Post, $"api/keys/{Uri.EscapeDataString(id)}/revoke"), cancellationToken);

    /// <summary>Where a person's browser finds an audit's files.</summary>
    public string AddressOf(Guid audit) => $"{http.BaseAddress}api/audits/{audit}";

    public void Dispose() => http.Dispose();

    private async Task<T> AskAsync<T>(Func<HttpRequestMessage> question, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await SendAsync(question(), HttpCompletionOption.ResponseContentRead, patience.Token);
            return await ReadAsync<T>(answer, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerUnreachableException($"{http.BaseAddress} did not answer within {Patience.TotalSeconds:0} s. Try again, or look at the server's log.");
        }
    }

    private async Task<T> FindingAsync<T>(string address, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(new(HttpMethod.Get, address), HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken, ReportJson.Options);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken) =>
        await CheckedAsync(await RawAsync(request, completion, cancellationToken), cancellationToken);

    private async Task<HttpResponseMessage> RawAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new ServerUnreachableException($"the server at {http.BaseAddress} cannot be reached: {unreachable.GetBaseException().Message}. Check --server and whether it runs.");
        }
    }

    private async Task<HttpResponseMessage> CheckedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var problems = answer.Content.Headers.ContentType?.MediaType == Problem.ContentType ? (await ReadAsync<Problem>(answer, cancellationToken)).Problems : [];
            throw answer.StatusCode == HttpStatusCode.Unauthorized ? new UserErrorException([.. problems, ServerKey.Hint])
                : (int)answer.StatusCode >= 500 ? new ServerUnreachableException(Message())
                : problems.Count > 0 ? new UserErrorException(problems)
                : new UserErrorException(Message());
            string Message() => $"the server at {http.BaseAddress} answered {(int)answer.StatusCode} {answer.ReasonPhrase}. {string.Join(' ', problems)}".TrimEnd();
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken, JsonSerializerOptions? json = null)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(json ?? ApiJson.Options, cancellationToken) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new UserErrorException($"{http.BaseAddress} is no BatchXai server of this version: its answer cannot be read. Check --server.");
        }
    }
}
