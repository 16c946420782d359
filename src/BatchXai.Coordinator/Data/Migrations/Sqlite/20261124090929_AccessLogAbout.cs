using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BatchXai.Coordinator.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccessLogAbout : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "about",
                table: "access_log",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "about",
                table: "access_log");
        }
    }
}
