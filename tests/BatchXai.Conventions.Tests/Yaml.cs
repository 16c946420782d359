using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace BatchXai.Conventions.Tests;

/// <summary>A YAML file of the checkout, or a part of one. Merge keys are followed.</summary>
internal sealed record Yaml(object? Node)
{
    /// <summary>What it says, where it is a text or a number.</summary>
    public string Text => As<string>();

    /// <summary>Its parts, where it is a list; none where there is nothing.</summary>
    public IEnumerable<Yaml> Items => Node is null ? [] : As<List<object>>().Select(item => new Yaml(item));

    /// <summary>Its parts by name; none where there is nothing.</summary>
    public IEnumerable<(string Name, Yaml Value)> Entries => Node is null ? [] : As<Dictionary<object, object?>>().Select(entry => ((string)entry.Key, new Yaml(entry.Value)));

    public bool IsThere => Node is not null;

    /// <summary>The part of that name; without it one that is not there.</summary>
    public Yaml this[string name] => new(Node is Dictionary<object, object?> entries ? entries.GetValueOrDefault(name) : null);

    /// <param name="file">Its path in the checkout.</param>
    public static Yaml Read(string file)
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, file));
        return new(new DeserializerBuilder().Build().Deserialize(new MergingParser(new Parser(text))));
    }

    private T As<T>() => Node is T value ? value : throw new InvalidDataException($"expected {typeof(T).Name}, found {Node ?? "nothing"}");
}
