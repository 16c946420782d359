namespace BatchXai.TorchScript.Code;

/// <summary>A piece of code that has a value, and where it stands in its line.</summary>
internal abstract record Expression(int Start, int End)
{
    /// <summary>Its parts, from left to right.</summary>
    internal abstract IReadOnlyList<Expression> Children { get; }
}

/// <summary>A variable.</summary>
internal sealed record NameExpression(int Start, int End, string Name) : Expression(Start, End)
{
    internal override IReadOnlyList<Expression> Children => [];
}

/// <summary><c>(value).attribute</c>.</summary>
internal sealed record SelectExpression(int Start, int End, Expression Value, Token Attribute) : Expression(Start, End)
{
    internal override IReadOnlyList<Expression> Children => [Value];
}

/// <summary><c>callee(arguments)</c>.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind its closing bracket.</param>
/// <param name="Callee">What is called.</param>
/// <param name="Inside">Behind its opening bracket.</param>
/// <param name="Arguments">Values, also of named arguments.</param>
internal sealed record CallExpression(int Start, int End, Expression Callee, int Inside, IReadOnlyList<Expression> Arguments) : Expression(Start, End)
{
    internal override IReadOnlyList<Expression> Children => [Callee, .. Arguments];
}

/// <summary><c>[a, b]</c>.</summary>
internal sealed record ListExpression(int Start, int End, IReadOnlyList<Expression> Items) : Expression(Start, End)
{
    internal override IReadOnlyList<Expression> Children => Items;
}

/// <summary>A literal, or a combination whose meaning does not matter here.</summary>
internal sealed record OtherExpression(int Start, int End, string Text, IReadOnlyList<Expression> Parts) : Expression(Start, End)
{
    internal override IReadOnlyList<Expression> Children => Parts;
}
