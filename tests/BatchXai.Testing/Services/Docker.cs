using System.Net.Sockets;
using DotNet.Testcontainers.Configurations;

namespace BatchXai.Testing.Services;

/// <summary>The Docker of this machine, if one answers.</summary>
internal static class Docker
{
    // Testcontainers asks for this version of the interface. An older Docker refuses it, and must be asked for its own.
    private static readonly Version Spoken = new(1, 44);
    private static readonly Lazy<Task<bool>> Answer = new(AskAsync);

    /// <summary>Whether it answers: asked once a process, where <c>DOCKER_HOST</c> says, else at the usual sockets.</summary>
    public static Task<bool> AnswersAsync() => Answer.Value;

    /// <summary>Makes a client; only where <see cref="AnswersAsync"/> said yes.</summary>
    public static global::Docker.DotNet.DockerClient Client() =>
        (TestcontainersSettings.OS.DockerEndpointAuthConfig ?? throw new InvalidOperationException("Docker answered, but Testcontainers does not find it."))
            .GetDockerClientBuilder(Guid.NewGuid()).Build();

    private static async Task<bool> AskAsync()
    {
        foreach (var host in Hosts())
        {
            if (await VersionAsync(host) is not { } version)
            {
                continue;
            }

            if (version < Spoken)
            {
                Environment.SetEnvironmentVariable("DOCKER_API_VERSION", version.ToString());
            }

            // Its image cannot be had everywhere. Containers carry a label instead, and the next test process looks for orphans.
            TestcontainersSettings.ResourceReaperEnabled = false;
            return true;
        }

        return false;
    }

    private static IEnumerable<Uri> Hosts()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } given)
        {
            return [new Uri(given)];
        }

        string?[] folders = ["/var/run", Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker", "run")];
        return folders.OfType<string>().Select(folder => Path.Combine(folder, "docker.sock")).Where(File.Exists).Select(socket => new Uri($"unix://{socket}"));
    }

    private static async Task<Version?> VersionAsync(Uri host)
    {
        using var handler = new SocketsHttpHandler();
        if (host.Scheme == "unix")
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(host.AbsolutePath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var answer = await client.GetAsync(host.Scheme == "unix" ? new Uri("http://docker/_ping") : new Uri($"http://{host.Authority}/_ping"));
            return answer.IsSuccessStatusCode && answer.Headers.TryGetValues("Api-Version", out var values) ? Version.Parse(values.First()) : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
        {
            return null;
        }
    }
}
