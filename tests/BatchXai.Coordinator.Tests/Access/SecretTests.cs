using System.Net;
using System.Text;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Tests.Access.Sessions;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Coordinator.Tests.Front;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>Where a key might be left lying about: logs, rows, files, answers.</summary>
public sealed class SecretTests
{
    private const string AdminSecret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Admin = $"bxk_admin_{AdminSecret}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Secret_of_a_key_is_in_no_log_row_file_or_answer(DatabaseKind kind)
    {
        // Everything that can be logged is.
        string[] loud = ["Default", "BatchXai.Coordinator.Access", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "MassTransit"];
        await using var server = await ApiServer.StartAsync(kind, [$"--Access:AdminKey={Admin}", .. loud.Select(source => $"--Logging:LogLevel:{source}=Trace")]);
        var key = await server.KeyAsync(KeyScope.Submitter, "me");
        var secret = key.Text[(key.Text.LastIndexOf('_') + 1)..];
        var audit = await server.SeedOfAsync("key:me");
        var answers = new StringBuilder();
        foreach (var (method, path, sent, body) in new (string, string, string, string?)[]
        {
            ("GET", "/api/audits", key.Text, null), ("GET", $"/api/audits/{audit}", key.Text, null), ("GET", $"/api/audits/{Guid.NewGuid()}", key.Text, null), ("POST", $"/api/audits/{audit}/retry", key.Text, null),
            ("POST", "/api/audits", key.Text, "{"), ("GET", "/api/keys", key.Text, null), ("GET", "/api/keys", Admin, null), ("GET", "/nowhere", Admin, null), ("GET", "/api/workers", $"{key.Text}x", null), ("GET", "/metrics", key.Text, null),
            ("POST", $"/api/keys/{key.Key.Id}/revoke", Admin, null), ("GET", "/api/audits", key.Text, null), ("GET", "/openapi/v1.json", key.Text, null), ("GET", "/health/ready", Admin, null),
        })
        {
            using var answer = await server.SendAsync(method, path, sent, body);
            answers.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync(Ct));
        }

        var made = await MadeOnPagesAsync(server, key.Text, answers);
        Assert.Contains(key.Key.Id, $"{answers}", StringComparison.Ordinal); // They were read.
        Assert.Contains("/sign-in", server.Log.Text, StringComparison.Ordinal);
        Assert.Contains("/api/keys", server.Log.Text, StringComparison.Ordinal);
        Assert.Contains("was challenged", server.Log.Text, StringComparison.Ordinal);
        var rows = await RowsAsync(server, kind);
        Assert.Contains(key.Key.Id, rows, StringComparison.Ordinal);
        foreach (var hidden in new[] { secret, AdminSecret, made })
        {
            Assert.DoesNotContain(hidden, $"{answers}", StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(hidden, server.Log.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(hidden, rows, StringComparison.OrdinalIgnoreCase);
            Assert.All(Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(hidden, File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Signs in, rightly and wrongly, creates a key by the page, and revokes it: what it was is told, and no answer but its own shows it.</summary>
    private static async Task<string> MadeOnPagesAsync(ApiServer server, string revoked, StringBuilder answers)
    {
        using var browser = new Browser(server);
        await NoteAsync(await browser.SignInAsync(revoked, "/keys?x=1"));
        await NoteAsync(await browser.SignInAsync($"{Admin}0"));
        await NoteAsync(await browser.SignInAsync(Admin));
        var created = await ShownPage.OfAsync(await browser.SubmitAsync(await browser.PageAsync("/keys"), "/keys", ("name", "ci"), ("scope", "viewer")), HttpStatusCode.Created);
        var text = created.ById("new-key").Value;
        var id = KeyText.Parse(text)!.Id;
        await NoteAsync(await browser.GetAsync("/keys"));
        await NoteAsync(await browser.SubmitAsync(await browser.PageAsync($"/keys/{id}/revoke"), $"/keys/{id}/revoke"));
        await NoteAsync(await browser.GetAsync("/access-log"));
        await NoteAsync(await browser.SubmitAsync(await browser.PageAsync("/keys"), "/sign-out"));
        return text[(text.LastIndexOf('_') + 1)..];

        async Task NoteAsync(HttpResponseMessage answer)
        {
            answers.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync(Ct));
            answer.Dispose();
        }
    }

    /// <summary>Every row of every table, as text.</summary>
    private static async Task<string> RowsAsync(ApiServer server, DatabaseKind kind)
    {
        var text = new StringBuilder();
        await server.ChangeAsync(async db =>
        {
            foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!))
            {
                var columns = db.Model.GetEntityTypes().Single(type => type.GetTableName() == table).GetProperties().Select(property => $"COALESCE(CAST(\"{property.GetColumnName()}\" AS TEXT), '')");
                var sql = $"SELECT {string.Join(" || ' ' || ", columns)} AS {(kind == DatabaseKind.Sqlite ? "Value" : "\"Value\"")} FROM {table}";
                text.AppendJoin('\n', await db.Database.SqlQueryRaw<string>(sql).ToListAsync(Ct)).Append('\n');
            }
        });
        return $"{text}";
    }
}
