using BatchXai.TorchScript.Archive;
using BatchXai.TorchScript.Probe;

namespace BatchXai.TorchScript;

/// <summary>A model to prepare.</summary>
/// <param name="Path">The file.</param>
/// <param name="Channels">Channels of its images: a TorchScript archive does not say.</param>
/// <param name="Height">Height of its images in pixels.</param>
/// <param name="Width">Width of its images in pixels.</param>
/// <param name="Trusted">Whether the caller trusts the file as one trusts a program: it is code.</param>
/// <param name="Probe">How to start the process that tries it.</param>
public sealed record ScriptRequest(string Path, int Channels, int Height, int Width, bool Trusted, ProbeCommand Probe)
{
    /// <summary>What the archive may hold.</summary>
    public ArchiveLimits ArchiveLimits { get; init; } = new();

    /// <summary>What trying it may take.</summary>
    public ProbeLimits ProbeLimits { get; init; } = new();

    /// <summary>Folder for the rewritten copy, as large as the file; null for the system's temporary folder.</summary>
    public string? Folder { get; init; }
}
