namespace BatchXai.TorchScript.Code;

/// <summary>A class as its text declares it.</summary>
/// <param name="Name">Qualified name.</param>
/// <param name="Base">What it derives from: <c>Module</c>, <c>NamedTuple</c> and so on.</param>
/// <param name="File">Its file below <c>code/</c>.</param>
/// <param name="EndLine">The line behind it, from 0.</param>
/// <param name="Attributes">Attributes and their types, in order.</param>
/// <param name="Methods">Methods by name.</param>
internal sealed record ScriptClass(
    string Name, string Base, string File, int EndLine, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, ScriptFunction> Methods)
{
    /// <summary>Whether it is a module of a network.</summary>
    internal bool IsModule => Base == "Module";

    /// <summary>The name without its folders: <c>BasicBlock</c>.</summary>
    internal string ShortName => Name[(Name.LastIndexOf('.') + 1)..];
}
