namespace BatchXai.TorchScript.Rewrite;

/// <summary>A place in the model whose value can be kept or replaced: the output of a submodule or of an operator between submodules.</summary>
/// <param name="Index">Its number in order of the code.</param>
/// <param name="Name">
/// Path of the submodule (<c>layer4.1.conv2</c>), or path and operator (<c>layer4.1.add()</c>, <c>relu()</c> in the model itself). The second
/// call of the same submodule or operator ends in <c>#2</c>.
/// </param>
/// <param name="Kind">Class of the submodule (<c>BasicBlock</c>) or name of the operator (<c>relu</c>).</param>
public sealed record ScriptLayer(int Index, string Name, string Kind)
{
    /// <summary>Shape of its value for one image (or for the batch that the model insists on); empty when the probe did not come by.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>Whether its value is N×D×h×w with h·w &gt; 1.</summary>
    public bool IsSpatial => Shape is [_, _, var height, var width] && height * width > 1;
}
