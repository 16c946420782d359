namespace BatchXai.Contracts.Api;

/// <summary>One worker process.</summary>
/// <param name="Name">Machine and process.</param>
/// <param name="Slots">Shards that it explains at once.</param>
/// <param name="Device">"cpu" or the name of its GPU.</param>
/// <param name="Version">Version of BatchXai that it runs.</param>
/// <param name="SeenAt">When it was last heard of.</param>
/// <param name="Alive">Whether that was a moment ago.</param>
public sealed record WorkerView(string Name, int Slots, string Device, string Version, DateTimeOffset SeenAt, bool Alive);
