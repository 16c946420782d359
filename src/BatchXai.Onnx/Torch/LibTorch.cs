using System.Runtime.InteropServices;
using TorchSharp;

namespace BatchXai.Onnx.Torch;

/// <summary>
/// Loads libtorch, once a process: the one that <c>BATCHXAI_LIBTORCH</c> names (a folder such as a PyTorch installation's
/// <c>torch/lib</c>), else the one that was built beside the program.
/// </summary>
public static class LibTorch
{
    /// <summary>Environment variable with the folder of an existing libtorch.</summary>
    public const string FolderVariable = "BATCHXAI_LIBTORCH";

    // Dependencies first; the CUDA parts are absent in a CPU build.
    private static readonly string[] Libraries = ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private static readonly Lazy<Exception?> Loaded = new(TryLoad);

    /// <summary>Makes torch usable, with as many threads as there are cores.</summary>
    /// <exception cref="LibTorchUnavailableException">libtorch cannot be loaded; the message names what is missing.</exception>
    public static void EnsureLoaded()
    {
        if (Loaded.Value is { } failure)
        {
            throw new LibTorchUnavailableException(failure.Message, failure);
        }
    }

    private static Exception? TryLoad()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null; // TorchSharp's own loader knows Windows and macOS.
        }

        try
        {
            ThreadSettings.WaitBriefly();
            var given = Environment.GetEnvironmentVariable(FolderVariable);
            var folder = string.IsNullOrEmpty(given) ? BesideProgram() : Given(given);
            foreach (var library in Libraries.Select(name => Path.Combine(folder, name)).Where(File.Exists))
            {
                NativeLibrary.Load(library);
            }

            // Loaded here by path, before TorchSharp looks for it: its own search copies half a gigabyte when it fails.
            NativeLibrary.Load(Find("libLibTorchSharp.so"));
            torch.set_num_threads(Environment.ProcessorCount);
            return null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or FileNotFoundException or TypeInitializationException or EntryPointNotFoundException or NotSupportedException)
        {
            return new InvalidOperationException(Explain(failure), failure);
        }
    }

    private static string Given(string folder) => File.Exists(Path.Combine(folder, "libtorch.so"))
        ? folder
        : throw new FileNotFoundException($"{FolderVariable} is {folder}, and there is no libtorch.so in it. Expected the lib folder of a libtorch or PyTorch installation, for instance .../site-packages/torch/lib.");

    private static string BesideProgram() => Path.GetDirectoryName(Find("libtorch.so"))!;

    private static string Find(string name)
    {
        string[] places = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native")];
        return places.Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{name} is not beside the program ({AppContext.BaseDirectory}). Build for linux-x64 with -p:Torch=cpu or -p:Torch=cuda, or set {FolderVariable} to the lib folder of an existing libtorch.");
    }

    private static string Explain(Exception failure)
    {
        var cause = (failure is TypeInitializationException { InnerException: { } inner } ? inner : failure).Message.Trim();
        var next = cause.Contains("GLIBCXX", StringComparison.Ordinal) ? "The C++ library of this system is too old for TorchSharp. Build on this machine, or with -p:MendTorchSharp=true."
            : cause.Contains("cannot open shared object", StringComparison.Ordinal) ? "Install the system package that contains the library named above."
            : cause.Contains("undefined symbol", StringComparison.Ordinal) ? $"This libtorch does not fit TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, which was built for libtorch 2.10. Unset {FolderVariable} or point it at libtorch 2.10."
            : string.Empty;
        return $"libtorch cannot be loaded: {cause} {next}".Trim();
    }
}

/// <summary>libtorch cannot be loaded; the message says what is missing and what to do.</summary>
public sealed class LibTorchUnavailableException(string message, Exception cause) : Exception(message, cause);
