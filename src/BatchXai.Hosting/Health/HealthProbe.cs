namespace BatchXai.Hosting.Health;

/// <summary>Asks a server on this machine whether it lives: what a container runs as its health check, since its image has no curl.</summary>
public static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>0: <c>/health/live</c> of <paramref name="server"/> answers 200. 1: anything else.</summary>
    public static async Task<int> RunAsync(Uri server, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(server, "/health/live"), cancellationToken);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
