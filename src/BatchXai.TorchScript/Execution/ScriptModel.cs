using System.Runtime.InteropServices;
using BatchXai.Onnx.Torch;
using BatchXai.TorchScript.Rewrite;

namespace BatchXai.TorchScript.Execution;

/// <summary>
/// A TorchScript model that can be explained. Comes from <see cref="PreparedScript.Load"/>, that is, after a probe: an error while torch reads
/// the code would end this process. Holds native memory; use it from one thread at a time.
/// </summary>
public sealed class ScriptModel : IDisposable
{
    private readonly torch.jit.ScriptModule module;
    private readonly bool hasLayers;
    private readonly Tensor nothing;
    private readonly List<Tensor> weights = [];

    private ScriptModel(torch.jit.ScriptModule module, bool hasLayers, torch.Device device)
    {
        (this.module, this.hasLayers, Device) = (module, hasLayers, device);
        nothing = torch.empty([0], torch.float32, device);
        InputType = torch.float32;
        foreach (var parameter in module.parameters())
        {
            parameter.requires_grad = false;
            InputType = parameter.is_floating_point() ? parameter.dtype : InputType;
            if (parameter.is_floating_point() && parameter.Dimensions > 1)
            {
                parameter.DetachFromDisposeScope();
                weights.Add(parameter);
            }
            else
            {
                parameter.Dispose();
            }
        }

        module.eval();
    }

    /// <summary>Where it runs.</summary>
    public torch.Device Device { get; }

    /// <summary>Type of its parameters; images are converted to it.</summary>
    public torch.ScalarType InputType { get; }

    /// <summary>Its floating-point parameters of two or more dimensions, in the order of their declaration; empty when it is frozen. Writing to them changes the model; they belong to it.</summary>
    public IReadOnlyList<Tensor> Weights => weights;

    /// <summary>Scores of images, differentiable with respect to the images.</summary>
    /// <param name="images">N×C×H×W on the model's device. Not changed, even if the model works in place.</param>
    /// <exception cref="ScriptModelException">torch cannot run it.</exception>
    public Tensor Run(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (hasLayers)
        {
            return Last(Explain(images, nothing, KeepCode.Nothing));
        }

        using var input = images.to(InputType, copy: true);
        return ScoresOf(Try(() => module.forward(input)));
    }

    /// <summary>Scores of images, and the value of a layer on the way.</summary>
    /// <exception cref="ScriptModelException">torch cannot run it, or it does not come by the layer.</exception>
    /// <inheritdoc cref="Run(Tensor, IReadOnlyList{ScriptLayer})" path="/remarks"/>
    public (Tensor Scores, Tensor Hidden) Run(Tensor images, ScriptLayer layer)
    {
        var (scores, hidden) = Run(images, [layer]);
        return (scores, hidden[0]);
    }

    /// <summary>Scores of images, and the values of layers on the way, in the order asked for.</summary>
    /// <remarks>
    /// The scores are differentiable with respect to a kept value: <c>torch.autograd.backward([scores], [seed], inputs: [hidden])</c>; and so
    /// is a value with respect to one before it. When <paramref name="images"/> need a gradient, so is all with respect to them; when not,
    /// nothing before the first of the layers is recorded. Of a layer that runs several times (in a loop) it is the last value.
    /// </remarks>
    /// <exception cref="ScriptModelException">torch cannot run it, or it does not come by a layer.</exception>
    public (Tensor Scores, IReadOnlyList<Tensor> Hidden) Run(Tensor images, IReadOnlyList<ScriptLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var results = Explain(images, nothing, [.. layers.Select(layer => (long)layer.Index)]);
        var missed = layers.Where((_, at) => results[at].shape is [0]).Select(layer => $"'{layer.Name}'").ToList();
        if (missed.Count == 0)
        {
            return (results[^1], results[..^1]);
        }

        Array.ForEach(results, result => result.Dispose());
        throw new ScriptModelException(ScriptProblem.UnsuitableModel, $"The model does not come by layer {string.Join(", ", missed)} for these images. Choose another layer.");
    }

    /// <summary>Scores with a given tensor in the place of a layer's value, differentiable with respect to it.</summary>
    /// <param name="images">N×C×H×W on the model's device. Not changed.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="hidden">Shaped as the layer's value. Not changed.</param>
    /// <exception cref="ScriptModelException">torch cannot run it.</exception>
    public Tensor RunFrom(Tensor images, ScriptLayer layer, Tensor hidden)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Last(Explain(images, hidden, KeepCode.Replace(layer.Index)));
    }

    /// <summary>Whether the scores depend on the images through this layer alone.</summary>
    /// <exception cref="ScriptModelException">torch cannot run it, or it does not come by the layer.</exception>
    public bool IsCut(Tensor images, ScriptLayer layer)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = torch.NewDisposeScope();
        var hidden = Run(images.detach(), layer).Hidden.detach();
        using var recording = torch.enable_grad();
        return !RunFrom(images.detach().requires_grad_(), layer, hidden).requires_grad;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        nothing.Dispose();
        weights.ForEach(weight => weight.Dispose());
        module.Dispose();
    }

    /// <summary>Only of what a probe has loaded before, or in the probe.</summary>
    internal static ScriptModel Load(string path, bool hasLayers, torch.Device device)
    {
        LibTorch.EnsureLoaded();
        _ = JitSettings.RunAsWritten();
        return Try(() => new ScriptModel(torch.jit.load(path, device), hasLayers, device));
    }

    /// <summary>Shapes by layer index, of the layers that run.</summary>
    internal Dictionary<int, long[]> Shapes(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var shapes = new Dictionary<int, long[]>();
        foreach (var shape in Explain(images, nothing, KeepCode.ListShapes).Skip(1).SkipLast(1).Select(row => row.data<long>().ToArray()))
        {
            shapes[(int)shape[0]] = shape[1..];
        }

        return shapes;
    }

    private Tensor[] Explain(Tensor images, Tensor replacement, params long[] request)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(replacement);
        if (!hasLayers)
        {
            throw new InvalidOperationException("The model has no layers to look at.");
        }

        using var input = images.to(InputType);
        using var numbers = torch.tensor(request);
        return Try(() => (Tensor[])module.invoke(KeepCode.Method, input, numbers, replacement));
    }

    private static Tensor Last(Tensor[] results)
    {
        Array.ForEach(results[..^1], unused => unused.Dispose());
        return results[^1];
    }

    private static Tensor ScoresOf(object result)
    {
        var tensors = result switch
        {
            Tensor tensor => [tensor],
            IEnumerable<object> several => several.OfType<Tensor>().ToArray(),
            System.Runtime.CompilerServices.ITuple tuple => Enumerable.Range(0, tuple.Length).Select(at => tuple[at]).OfType<Tensor>().ToArray(),
            _ => [],
        };
        foreach (var unused in tensors.Skip(1))
        {
            unused.Dispose();
        }

        return tensors.FirstOrDefault() ?? throw new ScriptModelException(ScriptProblem.UnsuitableModel, "forward does not return a tensor, nor a tuple or list of tensors. Export a module that returns the scores alone.");
    }

    private static T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is ExternalException or NotSupportedException or InvalidCastException)
        {
            throw new ScriptModelException(ScriptProblem.Failed, $"torch cannot run the model: {TorchMessage.FirstLine(failure.Message)}", failure);
        }
    }
}
