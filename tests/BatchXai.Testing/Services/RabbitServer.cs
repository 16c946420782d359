using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace BatchXai.Testing.Services;

/// <summary>RabbitMQ with its management plugin. Every test makes a virtual host of its own in it.</summary>
public sealed class RabbitServer : TestServer
{
    private static readonly Recipe Recipe = new("rabbitmq", "BATCHXAI_TEST_RABBITMQ", "rabbitmq:4-management", [5672, 15672], new Dictionary<string, string>
    {
        ["RABBITMQ_DEFAULT_USER"] = "batchxai",
        ["RABBITMQ_DEFAULT_PASS"] = "batchxai",
        // Idle schedulers sleep at once: many tests share few cores.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none",
    });

    private static readonly Lazy<Task<RabbitServer>> Shared = new(() => Environment.GetEnvironmentVariable(Recipe.Variable) is { Length: > 0 } given
        ? ReadyAsync(new RabbitServer(new Uri(given), new Uri(Environment.GetEnvironmentVariable($"{Recipe.Variable}_MANAGEMENT") ?? $"http://{new Uri(given).Host}:15672"), null), default)
        : StartPrivateAsync(default));

    private RabbitServer(Uri uri, Uri management, Instance? instance)
        : base(Recipe, instance)
    {
        Uri = uri;
        Management = new HttpClient { BaseAddress = management };
        Management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));
    }

    /// <summary>With user and password, of the default virtual host.</summary>
    public Uri Uri { get; }

    /// <summary>The management interface, signed in: <c>api/queues/…</c> shows what lies in a queue.</summary>
    public HttpClient Management { get; }

    /// <summary>The one of this test process, started when first asked for. Skips the test (in CI: fails it) where there is none.</summary>
    public static Task<RabbitServer> SharedAsync(CancellationToken cancellationToken) => Shared.Value.WaitAsync(cancellationToken);

    /// <summary>One that only the caller knows, who may kill it and disposes it.</summary>
    public static async Task<RabbitServer> StartPrivateAsync(CancellationToken cancellationToken)
    {
        var ports = FreePorts.Take(2);
        var instance = await Recipe.MakeAsync(ports, cancellationToken);
        await instance.StartAsync(cancellationToken);
        return await ReadyAsync(new RabbitServer(new Uri($"amqp://batchxai:batchxai@127.0.0.1:{ports[0]}/"), new Uri($"http://127.0.0.1:{ports[1]}"), instance), cancellationToken);
    }

    /// <summary>A new virtual host, and the address of the broker with it.</summary>
    public async Task<Uri> CreateVirtualHostAsync(CancellationToken cancellationToken = default)
    {
        var name = $"test-{Guid.NewGuid():N}";
        using var made = await Management.PutAsJsonAsync($"api/vhosts/{name}", new { }, cancellationToken);
        made.EnsureSuccessStatusCode();
        // The user who creates it by this interface may use it.
        return new UriBuilder(Uri) { Path = name }.Uri;
    }

    private protected override async Task AskAsync(CancellationToken cancellationToken)
    {
        // The listener for messages opens last. It answers the greeting with the method Start.
        using var socket = new TcpClient();
        await socket.ConnectAsync(Uri.Host, Uri.Port, cancellationToken);
        await socket.GetStream().WriteAsync("AMQP\0\0\t\u0001"u8.ToArray(), cancellationToken);
        await socket.GetStream().ReadExactlyAsync(new byte[7], cancellationToken);
        using var answer = await Management.GetAsync("api/vhosts", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
