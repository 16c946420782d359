using System.Reflection;
using System.Runtime.InteropServices;

namespace BatchXai.Coordinator.Plan;

/// <summary>Versions of everything that shapes a result.</summary>
internal static class ComponentVersions
{
    /// <summary>The version of this program, without the commit that it was built from.</summary>
    public static string Own { get; } = Informational.Split('+')[0];

    private static string Informational => typeof(ComponentVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static IReadOnlyDictionary<string, string> With(string torch) => new SortedDictionary<string, string>
    {
        ["batchxai"] = Informational,
        ["dotnet"] = Environment.Version.ToString(),
        ["os"] = RuntimeInformation.OSDescription,
        ["torch"] = torch,
    };
}
