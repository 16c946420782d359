using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BatchXai.Coordinator.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CausalViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropViews();
            migrationBuilder.CreateViews();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW causal_by_class; DROP VIEW causal_by_split; DROP VIEW causal_by_model_version;");
        }
    }
}
