using System.Reflection;
using System.Runtime.InteropServices;

namespace BatchXai.Coordinator.Plan;

/// <summary>Versions of everything that shapes a result.</summary>
internal static class ComponentVersions
{
    public static IReadOnlyDictionary<string, string> With(string torch) => new SortedDictionary<string, string>
    {
        ["batchxai"] = typeof(ComponentVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        ["dotnet"] = Environment.Version.ToString(),
        ["os"] = RuntimeInformation.OSDescription,
        ["torch"] = torch,
    };
}
