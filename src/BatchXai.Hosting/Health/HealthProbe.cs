namespace BatchXai.Hosting.Health;

/// <summary>Asks a server on this machine whether it lives: what a container runs as its health check, since its image has no curl.</summary>
public static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The command word <c>health ADDRESS</c>: 0 where <c>/health/live</c> there answers 200, else 1. Null: the arguments say something else.</summary>
    public static async Task<int?> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is not ["health", var address] || !Uri.TryCreate(address, UriKind.Absolute, out var server))
        {
            return null;
        }

        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(server, "/health/live"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
