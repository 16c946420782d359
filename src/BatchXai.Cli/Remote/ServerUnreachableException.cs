namespace BatchXai.Cli.Remote;

/// <summary>The server is away or in trouble: asking again later may help. The message is for a person.</summary>
internal sealed class ServerUnreachableException(string message) : Exception(message);
