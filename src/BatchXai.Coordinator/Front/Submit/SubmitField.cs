namespace BatchXai.Coordinator.Front.Submit;

/// <summary>One field of the form that starts an audit. Its name is the request's, by which problems name it too.</summary>
/// <param name="Name">Name in the request, such as <c>model.path</c>.</param>
/// <param name="Label">What a person calls it.</param>
/// <param name="Help">What to write there.</param>
/// <param name="Choices">What may be chosen; null: a text.</param>
/// <param name="Default">What stands there at first.</param>
/// <param name="Several">More than one may be chosen.</param>
/// <param name="Required">It must not be empty.</param>
/// <param name="Rare">Seldom changed: folded away.</param>
public sealed record SubmitField(string Name, string Label, string Help, IReadOnlyList<string>? Choices = null, string Default = "", bool Several = false, bool Required = false, bool Rare = false)
{
    /// <summary>Id of its element.</summary>
    public string Id => Name.Replace('.', '-');
}

/// <summary>Fields that belong together.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Fields">The fields.</param>
public sealed record SubmitGroup(string Title, IReadOnlyList<SubmitField> Fields);
