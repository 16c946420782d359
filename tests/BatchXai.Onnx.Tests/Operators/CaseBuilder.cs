namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Builds a case of several nodes, with its numbers in the type that is asked for.</summary>
internal sealed class CaseBuilder(OnnxModelBuilder model, OnnxElementType type)
{
    public OnnxElementType Type => type;

    public CaseBuilder Initializer(string name, long[] dims, float[] values)
    {
        model.Initializer(OperatorCase.Typed(OperatorCase.Floats(dims, values), type) with { Name = name });
        return this;
    }

    public CaseBuilder Initializer(string name, long[] dims, long[] values)
    {
        model.Initializer(name, dims, values);
        return this;
    }

    public CaseBuilder Initializer(OnnxTensor tensor)
    {
        model.Initializer(tensor);
        return this;
    }

    public CaseBuilder Node(string op, string[] inputs, string output, params (string Name, object Value)[] attributes)
        => Node(op, "", inputs, [output], attributes);

    public CaseBuilder Node(string op, string domain, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        model.Node(op, domain, inputs, outputs, attributes);
        return this;
    }
}
