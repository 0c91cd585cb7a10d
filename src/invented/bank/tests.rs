use super::*;

const ORDER: &str = r#"<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-06-22T08:00:00</CreDtTm><NbOfTxs>2</NbOfTxs><CtrlSum>3000000</CtrlSum></GrpHdr>
<PmtInf><PmtInfId>M1-1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>2</NbOfTxs><CtrlSum>3000000.00</CtrlSum><ReqdExctnDt>2026-06-22</ReqdExctnDt>
<DbtrAcct><Id><Othr><Id>1034567890</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId><BIC>PDJGIDJ1</BIC></FinInstnId></DbtrAgt>
<CdtTrfTxInf><PmtId><InstrId>R1</InstrId><EndToEndId>R1</EndToEndId></PmtId><Amt><InstdAmt Ccy="IDR">1000000</InstdAmt></Amt>
<CdtrAgt><FinInstnId><BIC>BRINIDJA</BIC></FinInstnId></CdtrAgt><Cdtr><Nm>SITI &amp; ANAK</Nm></Cdtr><CdtrAcct><Id><Othr><Id>111111</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>
<CdtTrfTxInf><PmtId><EndToEndId>R2</EndToEndId></PmtId><Amt><InstdAmt Ccy="IDR">2000000.00</InstdAmt></Amt>
<CdtrAgt><FinInstnId><Nm>BPR</Nm></FinInstnId></CdtrAgt><Cdtr><Nm>BUDI</Nm></Cdtr><CdtrAcct><Id><Othr><Id>222222</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>
</PmtInf></CstmrCdtTrfInitn></Document>"#;

const MANNER: Manner = Manner { seed: 1, rejected_per_mille: 0, returned_per_mille: 0, in_batches: false };

fn a_bank() -> Bank {
    Bank::new(["PDJGIDJ1", "BRINIDJA"].map(str::to_owned))
}

#[test]
fn an_order_of_version_03_is_understood_and_a_bank_without_a_bic_is_not_reached() {
    let answer = a_bank().answer(ORDER.as_bytes(), MANNER).unwrap();
    assert_eq!(answer.refused, None);
    let rejected = Course::Rejected("RC01", "BANK TUJUAN TIDAK DIKENAL");
    assert_eq!(answer.courses, [("R1".to_owned(), Course::Settled), ("R2".to_owned(), rejected)]);
    assert!(answer.pain002.contains("<Nm>SITI &amp; ANAK</Nm>") && answer.pain002.contains("<GrpSts>PART</GrpSts>"));
}

#[test]
fn whatever_is_wrong_in_an_order_refuses_all_of_it() {
    let check = |from: &str, to: &str, code: &str| {
        assert!(ORDER.contains(from), "{from}");
        let answer = a_bank().answer(ORDER.replacen(from, to, 1).as_bytes(), MANNER).unwrap();
        assert_eq!(answer.refused.as_ref().map(|(code, _)| *code), Some(code), "{from}");
        assert!(answer.pain002.contains("<GrpSts>RJCT</GrpSts>") && answer.camt053.is_none() && answer.courses.is_empty());
    };
    check("<NbOfTxs>2", "<NbOfTxs>3", "AM18");
    check("<NbOfTxs>2</NbOfTxs>", "", "AM18");
    check("<CtrlSum>3000000<", "<CtrlSum>3000001<", "AM10");
    check("<CtrlSum>3000000.00<", "<CtrlSum>3000001<", "AM20");
    check("<EndToEndId>R2", "<EndToEndId>R1", "DU04");
    check("\">1000000<", "\">1000000.50<", "AM12");
    check("\">1000000<", "\">1.000.000<", "AM12");
    check("Ccy=\"IDR\"", "Ccy=\"USD\"", "AM11");
    check("BRINIDJA", "BRINIDJX", "RC04");
    check("PDJGIDJ1", "PDJTIDJ1", "RC03");
    check("111111", "11-11", "AC03");
}

#[test]
fn nothing_is_carried_out_twice() {
    let mut bank = a_bank();
    bank.answer(ORDER.as_bytes(), MANNER).unwrap();
    let refused = |bank: &mut Bank, text: &str| bank.answer(text.as_bytes(), MANNER).unwrap().refused.unwrap().0;
    assert_eq!(refused(&mut bank, ORDER), "AM05");
    assert_eq!(refused(&mut bank, &ORDER.replace("<MsgId>M1", "<MsgId>M2")), "DU04");
}

#[test]
fn the_same_seed_gives_the_same_answer_and_what_is_no_order_is_not_answered() {
    let manner = Manner { rejected_per_mille: 300, returned_per_mille: 300, ..MANNER };
    assert_eq!(a_bank().answer(ORDER.as_bytes(), manner), a_bank().answer(ORDER.as_bytes(), manner));
    for text in ["", "halo", "<a/>", "<!DOCTYPE a><a/>", "<Document xmlns=\"pain.001.001.09\"/>"] {
        assert!(a_bank().answer(text.as_bytes(), MANNER).is_err(), "{text}");
    }
}
