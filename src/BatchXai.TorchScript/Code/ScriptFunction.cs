namespace BatchXai.TorchScript.Code;

/// <summary>A function or method as its text declares it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Parameters">Parameters, <c>self</c> among them.</param>
/// <param name="Returns">Type of the result, as written.</param>
/// <param name="Body">Lines of the body, indented as they are.</param>
internal sealed record ScriptFunction(string Name, IReadOnlyList<ScriptParameter> Parameters, string Returns, IReadOnlyList<string> Body);

/// <summary>A parameter.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Type, as written.</param>
/// <param name="HasDefault">Whether a call may leave it out.</param>
/// <param name="Text">The whole declaration.</param>
internal sealed record ScriptParameter(string Name, string Type, bool HasDefault, string Text);
