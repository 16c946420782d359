using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace BatchXai.Conventions.Tests;

/// <summary>Grafana, Prometheus and what they are given: everything that one file names in another is there.</summary>
public sealed partial class DashboardTests
{
    private const string Profile = "dashboards";

    /// <summary>Panels that Grafana brings along.</summary>
    private static readonly string[] CorePanels = ["barchart", "row", "stat", "table", "timeseries"];

    private static readonly Yaml Stack = Yaml.Read("docker-compose.yml");
    private static readonly Yaml DataSources = Yaml.Read("infra/grafana/provisioning/datasources/batchxai.yaml")["datasources"];

    public static TheoryData<string> Dashboards => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra/grafana/dashboards"), "*.json").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void A_dashboard_is_complete(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "infra/grafana/dashboards", file));
        var dashboard = JsonElement.Parse(text);
        Assert.Matches("^batchxai-[a-z]+$", dashboard.GetProperty("uid").GetString());
        Assert.Equal(41, dashboard.GetProperty("schemaVersion").GetInt32()); // Grafana 12
        var panels = dashboard.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.Contains(panel.GetProperty("type").GetString(), CorePanels));
        Assert.All(panels.Where(panel => panel.GetProperty("type").GetString() != "row"), panel => Assert.NotEmpty(panel.GetProperty("description").GetString()!));

        Assert.All(SourceUid().Matches(text), uid => Assert.Contains(DataSources.Items, source => source["uid"].Text == uid.Groups[2].Value && source["type"].Text == uid.Groups[1].Value));
        var variables = dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("name").GetString()).ToList();
        Assert.All(Variable().Matches(text), used => Assert.Contains(used.Groups[1].Value, variables));
    }

    [Fact]
    public void Dashboards_have_names_of_their_own() =>
        Assert.Equal(Dashboards.Count, Dashboards.Select(file => JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra/grafana/dashboards", file.Data))).GetProperty("uid").GetString()).Distinct().Count());

    [Fact]
    public void What_is_provisioned_is_mounted_and_set()
    {
        var grafana = Stack["services"]["grafana"];
        var mounts = grafana["volumes"].Items.Select(volume => volume.Text.Split(':')).ToDictionary(volume => volume[1], volume => volume[0]);
        Assert.Equal("./infra/grafana/provisioning", mounts["/etc/grafana/provisioning"]);
        foreach (var provider in Yaml.Read("infra/grafana/provisioning/dashboards/batchxai.yaml")["providers"].Items)
        {
            Assert.Equal("./infra/grafana/dashboards", mounts[provider["options"]["path"].Text]);
        }

        var environment = grafana["environment"].Entries.ToDictionary(entry => entry.Name, entry => entry.Value.Text);
        Assert.NotEmpty(Dashboards);
        Assert.Contains(environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"], Dashboards.Select(file => $"/etc/batchxai/dashboards/{file.Data}"));
        var read = EnvironmentVariable().Matches(File.ReadAllText(Path.Combine(Repository.Root, "infra/grafana/provisioning/datasources/batchxai.yaml"))).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(environment.Keys.Where(name => name.StartsWith("BATCHXAI_", StringComparison.Ordinal)).Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        Assert.All(read, name => Assert.Contains($"`{name}`", File.ReadAllText(Path.Combine(Repository.Root, "infra/README.md")), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_and_service_that_the_stack_names_is_there()
    {
        var services = Stack["services"].Entries.ToDictionary(service => service.Name, service => service.Value);
        var volumes = Stack["volumes"].Entries.Select(volume => volume.Name).ToList();
        foreach (var (_, service) in services)
        {
            Assert.All(service["depends_on"].Entries, needed => Assert.Contains(needed.Name, services.Keys));
            foreach (var source in service["volumes"].Items.Select(volume => volume.Text.Split(':')[0]).Where(source => source[0] is not ('/' or '$')))
            {
                Assert.True(source[0] == '.' ? Path.Exists(Path.Combine(Repository.Root, source)) : volumes.Contains(source), $"{source} is not there");
            }
        }
    }

    [Fact]
    public void Services_of_the_dashboards_are_pinned_watched_and_not_open()
    {
        var services = Stack["services"].Entries.Where(service => service.Value["profiles"].Items.Any(profile => profile.Text == Profile)).ToList();
        Assert.Equal(["grafana", "prometheus", "reader"], services.Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.All(services, service => Assert.Matches(@"^[a-z/]+:v?\d+(\.\d+\.\d+)?$", service.Value["image"].Text));
        Assert.All(services.Where(service => service.Value["restart"].Text != "no"), service => Assert.True(service.Value["healthcheck"]["test"].IsThere));
        var secrets = services.SelectMany(service => service.Value["environment"].Entries).Where(entry => entry.Name.EndsWith("PASSWORD", StringComparison.Ordinal) || entry.Name == "PGOPTIONS").ToList();
        Assert.Equal(4, secrets.Count);
        Assert.All(secrets, secret => Assert.Matches(@"\$\{[A-Z_]+_PASSWORD:\?see \.env\.example\}$", secret.Value.Text));
    }

    [Fact]
    public void Prometheus_asks_programs_of_the_stack_where_they_listen()
    {
        var file = Yaml.Read("infra/prometheus/prometheus.yml");
        foreach (var place in file["scrape_configs"].Items.SelectMany(job => job["dns_sd_configs"].Items))
        {
            Assert.Equal("8080", place["port"].Text);
            Assert.All(place["names"].Items, name => Assert.Matches("^batchxai-(coordinator|worker)", Stack["services"][name.Text]["image"].Text));
        }

        var interval = DataSources.Items.Single(source => source["type"].Text == "prometheus")["jsonData"]["timeInterval"].Text;
        Assert.Equal(file["global"]["scrape_interval"].Text, interval);
    }

    [GeneratedRegex(@"\{""type"": ""([^""]+)"", ""uid"": ""([^""]+)""\}")]
    private static partial Regex SourceUid();

    [GeneratedRegex(@"\$\{?(?!__)([a-z]\w*)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{([A-Z_]+)\}")]
    private static partial Regex EnvironmentVariable();
}
