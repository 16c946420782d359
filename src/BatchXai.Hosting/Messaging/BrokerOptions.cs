using BatchXai.Contracts;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Hosting.Messaging;

/// <summary>Where the broker is. Shown without its credentials.</summary>
public sealed class BrokerOptions
{
    /// <summary>The setting: <c>amqp://user:password@host:5672/vhost</c>.</summary>
    public const string Setting = "Broker:Uri";

    private BrokerOptions(Uri uri)
    {
        string[] user = [.. uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString)];
        var path = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        IsTls = uri.Scheme == "amqps";
        Host = uri.Host;
        Port = (ushort)(uri.Port > 0 ? uri.Port : IsTls ? 5671 : 5672);
        VirtualHost = path.Length == 0 ? "/" : path;
        User = user[0].Length == 0 ? "guest" : user[0];
        Password = user.Length < 2 ? "guest" : user[1];
    }

    /// <summary>Host name or address.</summary>
    public string Host { get; }

    /// <summary>Port.</summary>
    public ushort Port { get; }

    /// <summary>Virtual host; "/" when the address names none.</summary>
    public string VirtualHost { get; }

    /// <summary>Whether the connection is encrypted: scheme <c>amqps</c>.</summary>
    public bool IsTls { get; }

    internal string User { get; }

    internal string Password { get; }

    /// <summary>Reads the setting.</summary>
    /// <exception cref="UserErrorException">It is missing or no such address.</exception>
    public static BrokerOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[Setting] is { Length: > 0 } text
            ? Parse(text)
            : throw new UserErrorException($"{Setting} is not set: expected the RabbitMQ broker as amqp://user:password@host:5672/vhost. Set it in appsettings.json, or as BATCHXAI_Broker__Uri in the environment.");
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="UserErrorException">It is no address of a broker. The message does not repeat it: it may hold a password.</exception>
    public static BrokerOptions Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri.Host.Length > 0 && uri.Query.Length == 0 && uri.AbsolutePath.Count(letter => letter == '/') <= 1
            ? new(uri)
            : throw new UserErrorException($"{Setting} is not the address of a broker: expected amqp://user:password@host:5672/vhost (amqps:// for TLS), special characters in its parts percent-encoded.");

    /// <inheritdoc/>
    public override string ToString() => $"{(IsTls ? "amqps" : "amqp")}://{Host}:{Port}/{(VirtualHost == "/" ? "" : Uri.EscapeDataString(VirtualHost))}";
}
