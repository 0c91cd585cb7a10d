//! One story in a real browser, without a line of JavaScript (the pages' own policy forbids any): a village clerk, the village head, Dinas Sosial and the
//! treasurer take a family's claim to its payment order. Pages are looked at on a desk and on a telephone.
//!
//! Needs `chromium` and `chromedriver`; without them the test fails. Pictures go to `target/screenshots`.

#[cfg(test)]
#[path = "web/office.rs"]
mod office;

#[cfg(test)]
mod story {
    use std::io::{BufRead, BufReader, Read};
    use std::path::{Path, PathBuf};
    use std::process::{Child, ChildStdout, Command, Stdio};
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    use fantoccini::elements::Element;
    use fantoccini::{Client, ClientBuilder, Locator};
    use hyper_util::client::legacy::connect::HttpConnector;
    use rocket::serde::json::serde_json::{self, json};
    use santunan::clock::Clock;
    use santunan::domain::access::Role;
    use santunan::domain::register::Resident;
    use santunan::web::site::Site;

    use super::office::{PASSWORD, families, first_username, office_day, prepared, region};

    const CURE: &str = "the browser story needs chromedriver and chromium (Debian: apt-get install chromium chromium-driver)";
    /// A browser that hangs must not stop everybody else's tests.
    const STORY_SECONDS_MAX: Duration = Duration::from_secs(900);
    /// A click answers before the next page is there.
    const PAGE_SECONDS_MAX: Duration = Duration::from_secs(90);
    const DESK: (u32, u32) = (1366, 768);
    const PHONE: (u32, u32) = (360, 640);

    /// A running chromedriver; ends with its owner.
    struct Driver {
        child: Child,
        port: u16,
        /// Kept open: a driver that cannot speak stops.
        _talk: BufReader<ChildStdout>,
    }

    impl Driver {
        fn start() -> Self {
            let mut child = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect(CURE);
            let mut talk = BufReader::new(child.stdout.take().unwrap());
            let lines = talk.by_ref().lines().map_while(Result::ok);
            let port = { lines }.find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok());
            Self { child, port: port.expect(CURE), _talk: talk }
        }

        async fn open(&self, size: (u32, u32), profile: &Path) -> Window {
            let mut arguments =
                ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--no-proxy-server"]
                    .map(str::to_owned)
                    .to_vec();
            // In a container shared memory is often 64 MB, and a page that does not fit in it takes the browser along.
            arguments.push("--disable-dev-shm-usage".to_owned());
            arguments.push(format!("--user-data-dir={}", profile.display()));
            arguments.push(format!("--window-size={},{}", size.0, size.1));
            let mut options = json!({ "args": arguments });
            if size == PHONE {
                options["mobileEmulation"] = json!({ "deviceMetrics": { "width": size.0, "height": size.1, "pixelRatio": 2.0 } });
            }
            let mut wishes = serde_json::Map::new();
            wishes.insert("goog:chromeOptions".to_owned(), options);
            let mut builder = ClientBuilder::new(HttpConnector::new());
            let client = builder.capabilities(wishes).connect(&format!("http://127.0.0.1:{}", self.port)).await.expect(CURE);
            Window { client, size }
        }
    }

    impl Drop for Driver {
        fn drop(&mut self) {
            let _already_gone = self.child.kill();
            let _reaped = self.child.wait();
        }
    }

    /// A browser window of one size.
    struct Window {
        client: Client,
        size: (u32, u32),
    }

    impl Window {
        async fn log_in(&self, site: &str, username: &str) {
            self.client.delete_all_cookies().await.unwrap();
            self.client.goto(&format!("{site}/masuk")).await.unwrap();
            self.fill("nama", username).await;
            self.fill("sandi", PASSWORD).await;
            self.press("main button").await;
        }

        async fn find(&self, css: &str) -> Element {
            match self.client.wait().at_most(PAGE_SECONDS_MAX).for_element(Locator::Css(css)).await {
                Ok(element) => element,
                Err(why) => panic!("{css}: {why}\n{}", self.text().await),
            }
        }

        async fn fill(&self, name: &str, value: &str) {
            let field = self.find(&format!("main [name=\"{name}\"]:not([type=hidden])")).await;
            field.clear().await.unwrap();
            field.send_keys(value).await.unwrap();
        }

        async fn choose(&self, css: &str) {
            self.find(css).await.click().await.unwrap();
        }

        async fn press(&self, css: &str) {
            self.find(css).await.click().await.unwrap();
        }

        async fn text(&self) -> String {
            match self.client.find(Locator::Css("body")).await {
                Ok(body) => body.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            }
        }

        async fn shows(&self, words: &str) {
            let until = Instant::now() + PAGE_SECONDS_MAX;
            let mut text = self.text().await;
            while !text.contains(words) && Instant::now() < until {
                rocket::tokio::task::yield_now().await;
                text = self.text().await;
            }
            assert!(text.contains(words), "{words:?} is not in: {text}");
        }

        /// A picture, and nothing may stick out to the side.
        async fn keep(&self, name: &str) {
            let wide = self.client.execute("return document.documentElement.scrollWidth", vec![]).await.unwrap();
            assert!(wide.as_u64().unwrap() <= u64::from(self.size.0), "{name} is {wide} wide, the window {}", self.size.0);
            let file = pictures().join(format!("{name}-{}x{}.png", self.size.0, self.size.1));
            std::fs::write(file, self.client.screenshot().await.unwrap()).unwrap();
        }
    }

    fn pictures() -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// Serves the office on a free port and says its address.
    async fn served(folder: &Path) -> (String, Vec<Resident>) {
        let (desk, residents) = prepared(folder, Clock::Fixed(office_day()), "http://127.0.0.1");
        let site = Site::open(desk, region("33.25")).unwrap();
        let config = rocket::Config { port: 0, log_level: rocket::config::LogLevel::Off, ..rocket::Config::debug_default() };
        let (tell, told) = mpsc::channel();
        let up =
            rocket::fairing::AdHoc::on_liftoff("port", move |rocket| Box::pin(async move { tell.send(rocket.config().port).unwrap() }));
        rocket::tokio::spawn(santunan::web::rocket(site, config).attach(up).launch());
        let port = rocket::tokio::task::spawn_blocking(move || told.recv_timeout(PAGE_SECONDS_MAX)).await.unwrap().unwrap();
        (format!("http://127.0.0.1:{port}"), residents)
    }

    #[test]
    fn a_family_is_helped_from_the_village_to_the_payment_order() {
        let story = async {
            let folder = tempfile::tempdir().unwrap();
            let (site, residents) = served(folder.path()).await;
            let driver = Driver::start();
            let desk = driver.open(DESK, &folder.path().join("meja")).await;
            let phone = driver.open(PHONE, &folder.path().join("ponsel")).await;
            let family = families(&residents).swap_remove(0);
            let code = clerk_files(&phone, &desk, &site, &family).await;
            village_and_dinas_decide(&phone, &desk, &site, &code).await;
            treasurer_orders(&phone, &desk, &site).await;
            family_looks(&phone, &site, &code, &family.1).await;
            phone.client.close().await.unwrap();
            desk.client.close().await.unwrap();
        };
        let runtime = rocket::tokio::runtime::Runtime::new().unwrap();
        let told = runtime.block_on(async { rocket::tokio::time::timeout(STORY_SECONDS_MAX, story).await });
        runtime.shutdown_background();
        told.expect("the story must not hang");
    }

    /// On the telephone, as in a village office: one NIK, the family offered, one button.
    async fn clerk_files(phone: &Window, desk: &Window, site: &str, (deceased, wife): &(Resident, Resident)) -> String {
        phone.log_in(site, "operator.wonotunggal").await;
        phone.shows("Tidak ada permohonan").await;
        phone.keep("meja-operator-kosong").await;
        phone.press("a.btn[href='/permohonan/baru']").await;
        phone.keep("permohonan-baru").await;
        phone.fill("almarhum.nik", deceased.nik.as_ref().unwrap().expose()).await;
        phone.press("button[value=cari]").await;
        phone.shows("Data ditemukan").await;
        phone.choose(&format!("input[name=pilih_ahli_waris][value='{}']", wife.register_id)).await;
        phone.press("button[value=pilih]").await;
        phone.keep("permohonan-terisi").await;
        phone.press("p.acts button[value=kirim]").await;
        phone.shows("Mohon isi tanggal meninggal").await;
        phone.keep("permohonan-galat").await;
        phone.fill("tgl_meninggal", "15-06-2026").await;
        phone.fill("no_surat_kematian", "474.3/1/2026").await;
        for css in ["input[name=cara_bayar][value=tunai]", "input[name=dokumen][value=surat_kematian]", "input[name=dokumen][value=kk]"] {
            phone.choose(css).await;
        }
        phone.fill("pelapor.nama", &wife.name).await;
        phone.press("p.acts button[value=kirim]").await;
        phone.shows("Permohonan sudah tercatat").await;
        phone.keep("permohonan-tercatat").await;
        let code = phone.find(".code").await.text().await.unwrap();
        desk.log_in(site, "operator.wonotunggal").await;
        desk.shows(&code).await;
        desk.keep("meja-operator").await;
        desk.client.goto(&format!("{site}/permohonan/baru")).await.unwrap();
        desk.keep("permohonan-baru").await;
        code
    }

    /// Each from their own account; the page is looked at in both sizes before the button is pressed.
    async fn village_and_dinas_decide(phone: &Window, desk: &Window, site: &str, code: &str) {
        let people = [
            ("kades.wonotunggal".to_owned(), "endorse", "kades", "sudah disahkan"),
            (first_username(Role::Verifier), "verify", "verifikator", "Verifikasi sudah dicatat"),
            (first_username(Role::Approver), "approve", "penyetuju", "anggarannya sudah diikat"),
        ];
        for (username, step, name, done) in people {
            for window in [phone, desk] {
                window.log_in(site, &username).await;
                window.shows(code).await;
                window.keep(&format!("antrean-{name}")).await;
                window.press(&format!("a[href='/permohonan/{code}']")).await;
                window.shows("Perjalanan permohonan").await;
                window.keep(&format!("permohonan-{name}")).await;
            }
            desk.press(&format!("form:has(input[value='{step}']) button")).await;
            desk.shows(done).await;
        }
    }

    async fn treasurer_orders(phone: &Window, desk: &Window, site: &str) {
        desk.log_in(site, &first_username(Role::Finance)).await;
        desk.shows("1 permohonan, jumlah Rp1.000.000").await;
        desk.press("form[action='/keuangan/sk'] button").await;
        desk.shows("SK penetapan sudah dibentuk").await;
        desk.find("form[action$='/tanda-tangan'] input[name^=tanggal_]").await.send_keys("22-06-2026").await.unwrap();
        desk.press("form[action$='/tanda-tangan'] button").await;
        desk.shows("Tanggal tanda tangan SK sudah dicatat").await;
        desk.keep("keuangan").await;
        desk.press("form[action$='/perintah'] button").await;
        desk.shows("Orang kedua memeriksa").await;
        desk.keep("perintah").await;
        phone.log_in(site, &first_username(Role::Finance)).await;
        phone.shows("Sedang dibayar").await;
        phone.keep("keuangan").await;
        assert!(desk.find("a[href$='/surat']").await.is_displayed().await.unwrap(), "all letters in one file, to print");
    }

    async fn family_looks(phone: &Window, site: &str, code: &str, wife: &Resident) {
        phone.client.delete_all_cookies().await.unwrap();
        phone.client.goto(site).await.unwrap();
        phone.shows("Tidak dipungut biaya").await;
        phone.keep("muka").await;
        phone.press("a.btn[href='/status']").await;
        phone.fill("kode", code).await;
        phone.fill("angka", wife.nik.as_ref().unwrap().expose().get(12..).unwrap()).await;
        phone.press("main button").await;
        phone.shows("Langkah berikutnya").await;
        phone.keep("status").await;
        phone.shows("Ditetapkan dalam SK").await;
    }
}
