using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Clusters;

/// <summary>Talks to whichever coordinator of the cluster answers, over HTTP as any program would.</summary>
public sealed class ClusterClient(Func<IReadOnlyList<Uri>> coordinators) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>Submits an audit; asked again under the same key, it is the same audit.</summary>
    public async Task<Guid> SubmitAsync(AuditRequest request, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString();
        var answer = await AskAsync(
            address =>
            {
                var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "api/audits")) { Content = JsonContent.Create(request, options: StorageJson.Options) };
                message.Headers.Add("Idempotency-Key", key);
                return message;
            },
            ct);
        return answer.GetProperty("id").GetGuid();
    }

    /// <summary>The audit as the API shows it.</summary>
    public Task<JsonElement> GetAsync(Guid audit, CancellationToken ct) => AskAsync(address => new(HttpMethod.Get, new Uri(address, $"api/audits/{audit}")), ct);

    public Task CancelAsync(Guid audit, CancellationToken ct) => AskAsync(address => new(HttpMethod.Post, new Uri(address, $"api/audits/{audit}/cancel")), ct);

    public Task RetryAsync(Guid audit, CancellationToken ct) => AskAsync(address => new(HttpMethod.Post, new Uri(address, $"api/audits/{audit}/retry")), ct);

    public Task<JsonElement> ReportAsync(Guid audit, CancellationToken ct) => AskAsync(address => new(HttpMethod.Get, new Uri(address, $"api/audits/{audit}/report")), ct);

    /// <summary>Sum of a counter over all coordinators that answer now.</summary>
    public async Task<double> MetricAsync(string name, CancellationToken ct)
    {
        var sum = 0.0;
        foreach (var address in coordinators())
        {
            var lines = (await http.GetStringAsync(new Uri(address, "metrics"), ct)).Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal));
            sum += lines.Sum(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        return sum;
    }

    /// <summary>Waits for the audit's end; gives its final state.</summary>
    public async Task<string> EndAsync(Guid audit, CancellationToken ct)
    {
        while (true)
        {
            if ((await GetAsync(audit, ct)).GetProperty("state").GetString() is ("done" or "failed" or "cancelled") and var state)
            {
                return state;
            }

            await Task.Delay(Tick, ct);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Goes from coordinator to coordinator until one answers; what one refuses is an error.</summary>
    private async Task<JsonElement> AskAsync(Func<Uri, HttpRequestMessage> request, CancellationToken ct)
    {
        while (true)
        {
            foreach (var address in coordinators())
            {
                try
                {
                    using var message = request(address);
                    using var response = await http.SendAsync(message, ct);
                    var body = await response.Content.ReadAsStringAsync(ct);
                    if (response.IsSuccessStatusCode)
                    {
                        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
                    }

                    if (response.StatusCode < HttpStatusCode.InternalServerError)
                    {
                        throw new InvalidOperationException($"{message.Method} {message.RequestUri}: {(int)response.StatusCode} {body}");
                    }
                }
                catch (Exception trouble) when (trouble is HttpRequestException or IOException || (trouble is TaskCanceledException && !ct.IsCancellationRequested))
                {
                    // Dead, starting, or without its database: the next one, or later.
                }
            }

            await Task.Delay(Tick, ct);
        }
    }
}
