namespace BatchXai.TorchScript;

/// <summary>Why a TorchScript file cannot be explained.</summary>
public enum ScriptProblem
{
    /// <summary>Not a PyTorch zip archive, or damaged.</summary>
    NotAnArchive,

    /// <summary>Pickled weights or a pickled module: no code that could run without its Python sources.</summary>
    StateDict,

    /// <summary>A program of <c>torch.export</c> (.pt2).</summary>
    ExportedProgram,

    /// <summary>Written by <c>torch.save</c> before PyTorch 1.6.</summary>
    LegacyPickle,

    /// <summary>More entries or bytes than the limits allow, or entry names that lead outside the archive.</summary>
    UnsafeArchive,

    /// <summary>The caller did not say that the file is trusted: TorchScript is code.</summary>
    NotTrusted,

    /// <summary>A valid archive whose model does not take one image and give scores.</summary>
    UnsuitableModel,

    /// <summary>torch cannot load or run the model.</summary>
    Failed,

    /// <summary>Loading or running the model ended its process.</summary>
    Crashed,

    /// <summary>The model did not finish in time.</summary>
    TimedOut,

    /// <summary>The model took more memory than allowed.</summary>
    OutOfMemory,
}
