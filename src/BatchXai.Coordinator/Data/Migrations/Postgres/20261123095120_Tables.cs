using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BatchXai.Coordinator.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Tables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    idempotency_key = table.Column<string>(type: "text", nullable: true),
                    request = table.Column<string>(type: "text", nullable: false),
                    model_name = table.Column<string>(type: "text", nullable: true),
                    model_hash = table.Column<string>(type: "text", nullable: true),
                    inspection_key = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    items = table.Column<long>(type: "bigint", nullable: false),
                    weight = table.Column<int>(type: "integer", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: true),
                    owned_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    planned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "causal_results",
                columns: table => new
                {
                    audit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<long>(type: "bigint", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    shard = table.Column<int>(type: "integer", nullable: false),
                    confidence = table.Column<double>(type: "double precision", nullable: true),
                    correct = table.Column<bool>(type: "boolean", nullable: true),
                    correct_before = table.Column<bool>(type: "boolean", nullable: true),
                    donor = table.Column<long>(type: "bigint", nullable: true),
                    fill = table.Column<string>(type: "text", nullable: false),
                    flipped = table.Column<bool>(type: "boolean", nullable: true),
                    group = table.Column<string>(type: "text", nullable: true),
                    label = table.Column<string>(type: "text", nullable: true),
                    mask_kind = table.Column<string>(type: "text", nullable: false),
                    predicted = table.Column<int>(type: "integer", nullable: true),
                    probability = table.Column<double>(type: "double precision", nullable: true),
                    probability_before = table.Column<double>(type: "double precision", nullable: true),
                    split = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    test = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_causal_results", x => new { x.audit_id, x.item, x.row });
                });

            migrationBuilder.PartitionByAudit("causal_results");

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    asked = table.Column<int>(type: "integer", nullable: false),
                    answered_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    problems = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspections", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "items",
                columns: table => new
                {
                    audit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<long>(type: "bigint", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    shard = table.Column<int>(type: "integer", nullable: false),
                    confidence = table.Column<double>(type: "double precision", nullable: true),
                    correct = table.Column<bool>(type: "boolean", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: true),
                    group = table.Column<string>(type: "text", nullable: true),
                    item_id = table.Column<string>(type: "text", nullable: false),
                    label = table.Column<string>(type: "text", nullable: true),
                    map_row = table.Column<int>(type: "integer", nullable: true),
                    mask_kind = table.Column<string>(type: "text", nullable: false),
                    mask_status = table.Column<string>(type: "text", nullable: false),
                    maximum = table.Column<double>(type: "double precision", nullable: true),
                    method = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    positive_mass = table.Column<double>(type: "double precision", nullable: true),
                    predicted = table.Column<int>(type: "integer", nullable: true),
                    predicted_name = table.Column<string>(type: "text", nullable: true),
                    split = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: true),
                    target_output = table.Column<int>(type: "integer", nullable: true),
                    area_matched_iou = table.Column<double>(type: "double precision", nullable: true),
                    attention_iou_background = table.Column<double>(type: "double precision", nullable: true),
                    attention_iou_object = table.Column<double>(type: "double precision", nullable: true),
                    average_precision = table.Column<double>(type: "double precision", nullable: true),
                    background_attention = table.Column<double>(type: "double precision", nullable: true),
                    border_share = table.Column<double>(type: "double precision", nullable: true),
                    centre_share = table.Column<double>(type: "double precision", nullable: true),
                    chance_energy = table.Column<double>(type: "double precision", nullable: true),
                    corner_bottom_left_share = table.Column<double>(type: "double precision", nullable: true),
                    corner_bottom_right_share = table.Column<double>(type: "double precision", nullable: true),
                    corner_share = table.Column<double>(type: "double precision", nullable: true),
                    corner_top_left_share = table.Column<double>(type: "double precision", nullable: true),
                    corner_top_right_share = table.Column<double>(type: "double precision", nullable: true),
                    effective_area = table.Column<double>(type: "double precision", nullable: true),
                    focus = table.Column<double>(type: "double precision", nullable: true),
                    gini = table.Column<double>(type: "double precision", nullable: true),
                    instance_coverage = table.Column<double>(type: "double precision", nullable: true),
                    lift = table.Column<double>(type: "double precision", nullable: true),
                    log_odds_lift = table.Column<double>(type: "double precision", nullable: true),
                    negative_share = table.Column<double>(type: "double precision", nullable: true),
                    object_area = table.Column<double>(type: "double precision", nullable: true),
                    padding_area = table.Column<double>(type: "double precision", nullable: true),
                    padding_share = table.Column<double>(type: "double precision", nullable: true),
                    pixel_auc = table.Column<double>(type: "double precision", nullable: true),
                    pointing_game = table.Column<double>(type: "double precision", nullable: true),
                    pointing_game_by_chance = table.Column<double>(type: "double precision", nullable: true),
                    rank_accuracy = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_items", x => new { x.audit_id, x.item, x.row });
                });

            migrationBuilder.PartitionByAudit("items");

            migrationBuilder.CreateTable(
                name: "shards",
                columns: table => new
                {
                    audit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    first_item = table.Column<long>(type: "bigint", nullable: false),
                    items = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    dispatched_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    deaths = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    heartbeat_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    worker = table.Column<string>(type: "text", nullable: true),
                    items_done = table.Column<int>(type: "integer", nullable: false),
                    items_failed = table.Column<int>(type: "integer", nullable: false),
                    stage_seconds = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shards", x => new { x.audit_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "workers",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    slots = table.Column<int>(type: "integer", nullable: false),
                    device = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workers", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audits_created_at",
                table: "audits",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_audits_fingerprint",
                table: "audits",
                column: "fingerprint");

            migrationBuilder.CreateIndex(
                name: "ix_audits_idempotency_key",
                table: "audits",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audits_state",
                table: "audits",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_shards_audit_id_state_number",
                table: "shards",
                columns: new[] { "audit_id", "state", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_shards_state_not_before",
                table: "shards",
                columns: new[] { "state", "not_before" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropViews();

            migrationBuilder.DropTable(
                name: "audits");

            migrationBuilder.DropTable(
                name: "causal_results");

            migrationBuilder.DropTable(
                name: "inspections");

            migrationBuilder.DropTable(
                name: "items");

            migrationBuilder.DropTable(
                name: "shards");

            migrationBuilder.DropTable(
                name: "workers");
        }
    }
}
