using BatchXai.TorchScript.Archive;
using BatchXai.TorchScript.Code;

namespace BatchXai.TorchScript.Rewrite;

/// <summary>What the model's forward takes and gives.</summary>
internal static class Signature
{
    internal static (ScriptClass Type, ScriptFunction Forward) Find(CodeLibrary library, ScriptArchive archive)
    {
        if (archive.Code.Values.Any(text => text.Contains("ConstantMKLDNNTensor", StringComparison.Ordinal)))
        {
            throw Unsuitable(archive.Path, "it was saved after torch.jit.optimize_for_inference, which leaves the weights out. Save it before that step.");
        }

        var type = library.Class(archive.RootClass) ?? throw new NotSupportedException($"class {archive.RootClass} was not found in its code");
        if (!type.Methods.TryGetValue("forward", out var forward))
        {
            throw Unsuitable(archive.Path, $"{type.ShortName} has no method forward. Script or trace the module itself, so that calling it computes the scores.");
        }

        if (forward.Parameters is not [_, { Type: TypeText.Tensor }, ..] || forward.Parameters.Skip(2).Any(other => !other.HasDefault))
        {
            var takes = string.Join(", ", forward.Parameters.Skip(1).Select(parameter => parameter.Text));
            throw Unsuitable(archive.Path, $"{type.ShortName}.forward takes ({takes}). Expected one tensor, the image; export a module that fills in the rest.");
        }

        return (type, forward);
    }

    /// <summary>The expression for the scores in <c>out</c>: itself, or its first item.</summary>
    internal static string Scores(CodeLibrary library, ScriptFunction forward, string path)
    {
        const string first = "out[0]";
        return forward.Returns switch
        {
            TypeText.Tensor => "out",
            "List[Tensor]" => first,
            var tuple when TypeText.TupleItems(tuple) is [TypeText.Tensor, ..] => first,
            var named when library.Class(named) is { Base: "NamedTuple" } type && type.Attributes.Values.FirstOrDefault() == TypeText.Tensor => first,
            var other => throw Unsuitable(path, $"forward returns {other}. Expected the scores as a tensor, or first in a tuple or list; export a module that returns only them."),
        };
    }

    private static ScriptModelException Unsuitable(string path, string what) => new(ScriptProblem.UnsuitableModel, $"{path}: {what}");
}
