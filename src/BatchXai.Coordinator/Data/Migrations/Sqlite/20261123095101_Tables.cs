using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace BatchXai.Coordinator.Data.Migrations.Sqlite
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", nullable: true),
                    request = table.Column<string>(type: "TEXT", nullable: false),
                    model_name = table.Column<string>(type: "TEXT", nullable: true),
                    model_hash = table.Column<string>(type: "TEXT", nullable: true),
                    inspection_key = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    items = table.Column<long>(type: "INTEGER", nullable: false),
                    weight = table.Column<int>(type: "INTEGER", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: true),
                    owned_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    trace_parent = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    planned_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "causal_results",
                columns: table => new
                {
                    audit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    item = table.Column<long>(type: "INTEGER", nullable: false),
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    shard = table.Column<int>(type: "INTEGER", nullable: false),
                    confidence = table.Column<double>(type: "REAL", nullable: true),
                    correct = table.Column<bool>(type: "INTEGER", nullable: true),
                    correct_before = table.Column<bool>(type: "INTEGER", nullable: true),
                    donor = table.Column<long>(type: "INTEGER", nullable: true),
                    fill = table.Column<string>(type: "TEXT", nullable: false),
                    flipped = table.Column<bool>(type: "INTEGER", nullable: true),
                    group = table.Column<string>(type: "TEXT", nullable: true),
                    label = table.Column<string>(type: "TEXT", nullable: true),
                    mask_kind = table.Column<string>(type: "TEXT", nullable: false),
                    predicted = table.Column<int>(type: "INTEGER", nullable: true),
                    probability = table.Column<double>(type: "REAL", nullable: true),
                    probability_before = table.Column<double>(type: "REAL", nullable: true),
                    split = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    test = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_causal_results", x => new { x.audit_id, x.item, x.row });
                });

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    asked = table.Column<int>(type: "INTEGER", nullable: false),
                    answered_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    problems = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspections", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "items",
                columns: table => new
                {
                    audit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    item = table.Column<long>(type: "INTEGER", nullable: false),
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    shard = table.Column<int>(type: "INTEGER", nullable: false),
                    confidence = table.Column<double>(type: "REAL", nullable: true),
                    correct = table.Column<bool>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    group = table.Column<string>(type: "TEXT", nullable: true),
                    item_id = table.Column<string>(type: "TEXT", nullable: false),
                    label = table.Column<string>(type: "TEXT", nullable: true),
                    map_row = table.Column<int>(type: "INTEGER", nullable: true),
                    mask_kind = table.Column<string>(type: "TEXT", nullable: false),
                    mask_status = table.Column<string>(type: "TEXT", nullable: false),
                    maximum = table.Column<double>(type: "REAL", nullable: true),
                    method = table.Column<string>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    positive_mass = table.Column<double>(type: "REAL", nullable: true),
                    predicted = table.Column<int>(type: "INTEGER", nullable: true),
                    predicted_name = table.Column<string>(type: "TEXT", nullable: true),
                    split = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    target = table.Column<string>(type: "TEXT", nullable: true),
                    target_output = table.Column<int>(type: "INTEGER", nullable: true),
                    area_matched_iou = table.Column<double>(type: "REAL", nullable: true),
                    attention_iou_background = table.Column<double>(type: "REAL", nullable: true),
                    attention_iou_object = table.Column<double>(type: "REAL", nullable: true),
                    average_precision = table.Column<double>(type: "REAL", nullable: true),
                    background_attention = table.Column<double>(type: "REAL", nullable: true),
                    border_share = table.Column<double>(type: "REAL", nullable: true),
                    centre_share = table.Column<double>(type: "REAL", nullable: true),
                    chance_energy = table.Column<double>(type: "REAL", nullable: true),
                    corner_bottom_left_share = table.Column<double>(type: "REAL", nullable: true),
                    corner_bottom_right_share = table.Column<double>(type: "REAL", nullable: true),
                    corner_share = table.Column<double>(type: "REAL", nullable: true),
                    corner_top_left_share = table.Column<double>(type: "REAL", nullable: true),
                    corner_top_right_share = table.Column<double>(type: "REAL", nullable: true),
                    effective_area = table.Column<double>(type: "REAL", nullable: true),
                    focus = table.Column<double>(type: "REAL", nullable: true),
                    gini = table.Column<double>(type: "REAL", nullable: true),
                    instance_coverage = table.Column<double>(type: "REAL", nullable: true),
                    lift = table.Column<double>(type: "REAL", nullable: true),
                    log_odds_lift = table.Column<double>(type: "REAL", nullable: true),
                    negative_share = table.Column<double>(type: "REAL", nullable: true),
                    object_area = table.Column<double>(type: "REAL", nullable: true),
                    padding_area = table.Column<double>(type: "REAL", nullable: true),
                    padding_share = table.Column<double>(type: "REAL", nullable: true),
                    pixel_auc = table.Column<double>(type: "REAL", nullable: true),
                    pointing_game = table.Column<double>(type: "REAL", nullable: true),
                    pointing_game_by_chance = table.Column<double>(type: "REAL", nullable: true),
                    rank_accuracy = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_items", x => new { x.audit_id, x.item, x.row });
                });

            migrationBuilder.CreateTable(
                name: "shards",
                columns: table => new
                {
                    audit_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    first_item = table.Column<long>(type: "INTEGER", nullable: false),
                    items = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    lease_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    dispatched_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    confirmed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    run_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    deaths = table.Column<int>(type: "INTEGER", nullable: false),
                    not_before = table.Column<DateTime>(type: "TEXT", nullable: false),
                    heartbeat_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    worker = table.Column<string>(type: "TEXT", nullable: true),
                    items_done = table.Column<int>(type: "INTEGER", nullable: false),
                    items_failed = table.Column<int>(type: "INTEGER", nullable: false),
                    stage_seconds = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shards", x => new { x.audit_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "workers",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    slots = table.Column<int>(type: "INTEGER", nullable: false),
                    device = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: false)
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
