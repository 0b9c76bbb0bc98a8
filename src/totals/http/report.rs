//! The report of a period, as JSON, CSV, a workbook or a page to print.
use super::super::actions::{self, Manner, Report};
use super::query::{Format, ReportQuery};
use super::views::ReportView;
use super::{page, print, workbook};
use crate::platform::App;
use crate::platform::http::{Auditor, Problems, Query, Role};
use crate::platform::language::Language;
use crate::platform::problem::Problem;
use actix_web::http::header::{ACCEPT, CONTENT_DISPOSITION, VARY};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};

const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Report on a period: indicators against targets, drives, programmes, mobilising bodies. Of very many drives the
/// last stand summed in one row.
#[utoipa::path(tag = "totals", params(ReportQuery), responses((status = 200, content(
    (ReportView = "application/json"), (String = "text/csv"), (String = "text/html"),
    (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))), Problems))]
#[get("/reports/period")]
pub(super) async fn show_report(
    app: Data<App>,
    caller: Auditor,
    request: HttpRequest,
    query: Query<ReportQuery>,
) -> Result<HttpResponse, Problem> {
    let asked = query.0.read()?;
    let format = query.0.format.unwrap_or_else(|| accepted(&request));
    let (bodies, language) = (caller.bodies(Role::Auditor), caller.language);
    let manner = Manner {
        today: app.today(),
        language,
        most_drives: app.settings.limits.report_drives,
    };
    let found = app
        .db
        .read(move |conn| actions::report(conn, asked, &bodies, manner));
    answer(&found.await?, format, language)
}

fn accepted(request: &HttpRequest) -> Format {
    let accept = request
        .headers()
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok());
    match accept {
        Some(accept) if accept.contains(XLSX) => Format::Xlsx,
        Some(accept) if accept.contains(CSV) => Format::Csv,
        Some(accept) if accept.contains("text/html") => Format::Html,
        _ => Format::Json,
    }
}

fn answer(report: &Report, format: Format, language: Language) -> Result<HttpResponse, Problem> {
    let view = ReportView::of(report, language);
    let mut response = HttpResponse::Ok();
    response.insert_header((VARY, "Accept, Accept-Language"));
    let file = |ending: &str| {
        let name = format!("{}_{}.{ending}", report.period.from, report.period.to);
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        )
    };
    Ok(match format {
        Format::Json => response.json(view),
        Format::Html => response
            .content_type("text/html; charset=utf-8")
            .body(page::html(&view, language)?),
        Format::Csv => response
            .insert_header(file("csv"))
            .content_type("text/csv; charset=utf-8")
            .body(print::csv(&view, language)?),
        Format::Xlsx => response
            .insert_header(file("xlsx"))
            .content_type(XLSX)
            .body(workbook::xlsx(&view, language)?),
    })
}
