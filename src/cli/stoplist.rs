//! `santunan stoplist`: confirmed deaths for other programmes.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::calendar::{parse_date, wib_date};
use crate::exchange::table_file::Form;
use crate::store::stop_lists::{self, StopList};
use crate::workflow::Desk;
use crate::workflow::stop_list::{fetch_list, make_list};

use super::fault::CliFault;
use super::setup;

/// Daftar henti untuk program lain.
#[derive(Debug, clap::Subcommand)]
pub enum StopListCommand {
    /// Buat daftar berikutnya dan tulis berkasnya, atau tulis salinan daftar yang sudah dibuat.
    Export(ExportArgs),
}

/// Daftar yang ditulis.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Program penerima, misalnya pkh, sembako, atau pbi-jk.
    #[arg(long, value_name = "NAMA")]
    programme: String,
    /// Berkas hasil; bentuknya menurut akhiran, .csv atau .xlsx.
    #[arg(long, value_name = "BERKAS")]
    out: PathBuf,
    /// Kematian yang diputus mulai tanggal ini; bawaan: sejak daftar terakhir.
    #[arg(long, value_name = "TANGGAL")]
    from: Option<String>,
    /// Sampai tanggal ini; bawaan: hari ini.
    #[arg(long, value_name = "TANGGAL")]
    until: Option<String>,
    /// Jangan buat daftar baru; tulis salinan daftar bernomor ini.
    #[arg(long, value_name = "NOMOR", conflicts_with_all = ["from", "until"])]
    again: Option<i64>,
    /// Kantor, bila ada beberapa.
    #[arg(long, value_name = "KODE")]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Runs a stop list command.
pub fn run(command: &StopListCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let StopListCommand::Export(args) = command;
    let form = args.out.extension().and_then(|ending| Form::parse(ending.to_str()?));
    let form = form.ok_or_else(|| CliFault::Usage("berkas hasil berakhiran .csv atau .xlsx".into()))?;
    let (from, until) = (day(args.from.as_deref())?, day(args.until.as_deref())?);
    let desk = setup::desk(&setup::config(config)?)?;
    let office = setup::office(&desk, args.office.as_deref())?;
    let actor = setup::operator_of_machine(&office);
    let list = match args.again {
        Some(number) => known(&desk, &office, &args.programme, number)?,
        None => make_list(&desk, &actor, &args.programme, (from, until.unwrap_or_else(|| wib_date(desk.clock.now()))), "")?,
    };
    let (bytes, name) = fetch_list(&desk, &actor, &list.id, form)?;
    write(&args.out, &bytes)?;
    if args.json {
        let sha256 = if form == Form::Csv { &list.csv_sha256 } else { &list.xlsx_sha256 };
        println!(
            "{}",
            json!({
                "out": args.out, "name": name, "programme": list.programme, "number": list.number, "stops": list.stops,
                "withdrawals": list.withdrawals, "control": list.control, "sha256": sha256,
            })
        );
    } else {
        println!(
            "Daftar henti {} nomor {:03}: {} henti, {} cabut, angka kendali {}.",
            list.programme, list.number, list.stops, list.withdrawals, list.control
        );
        println!("Isinya data pribadi; simpan sebagai {name}: {}", args.out.display());
    }
    Ok(())
}

fn day(text: Option<&str>) -> Result<Option<NaiveDate>, CliFault> {
    text.map(|text| parse_date(text).map_err(|fault| CliFault::Usage(format!("tanggal \"{text}\": {fault}")))).transpose()
}

fn known(desk: &Desk, office: &crate::domain::region::RegionCode, programme: &str, number: i64) -> Result<StopList, CliFault> {
    let lists = desk.store.read(|conn| stop_lists::all(conn, office))?;
    let found = lists.into_iter().map(|(list, _)| list).find(|list| list.programme == programme && list.number == number);
    found.ok_or_else(|| CliFault::Refused(format!("daftar henti {programme} nomor {number} tidak ada")))
}

/// Nobody but the owner may read it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), CliFault> {
    let opened = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    opened.and_then(|mut file| file.write_all(bytes)).map_err(|fault| CliFault::file(path, &fault))
}
