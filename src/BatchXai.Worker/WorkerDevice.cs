using BatchXai.Contracts;
using BatchXai.Onnx.Torch;
using BatchXai.Worker.Explain;
using TorchSharp;

namespace BatchXai.Worker;

/// <summary>Where this worker's models run. libtorch is loaded when it is asked for the first time, on the torch thread.</summary>
internal sealed class WorkerDevice(WorkerOptions options, TorchThread torchThread)
{
    public const string Auto = "auto";
    private readonly Lazy<torch.Device> device = new(() => Choose(options));

    /// <summary>The device; only on the torch thread.</summary>
    /// <exception cref="LibTorchUnavailableException">libtorch cannot be loaded.</exception>
    /// <exception cref="UserErrorException">This machine has no such device.</exception>
    public torch.Device Torch => device.Value;

    /// <summary>Its name, for people.</summary>
    public Task<string> NameAsync(CancellationToken cancellationToken) => torchThread.RunAsync(() => Torch.ToString(), cancellationToken);

    public static bool IsKnown(string name) => name is Auto or "cpu" || Number(name) is not null;

    private static torch.Device Choose(WorkerOptions options)
    {
        var best = TorchDevice.Best();
        if (options.TorchThreads is { } threads)
        {
            torch.set_num_threads(threads);
        }

        return options.Device switch
        {
            Auto => best,
            "cpu" => torch.CPU,
            var name when torch.cuda.is_available() && Number(name) is { } number && number < torch.cuda.device_count() => new torch.Device(DeviceType.CUDA, number),
            var name => throw new UserErrorException($"Worker:Device is '{name}', and libtorch sees {(torch.cuda.is_available() ? $"{torch.cuda.device_count()} GPU(s), numbered from 0" : "no GPU")} here. Expected auto, cpu or the number of a GPU that is there."),
        };
    }

    private static int? Number(string name) =>
        name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
