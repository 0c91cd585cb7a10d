//! XML read from the front to the back: only one entry or transaction is ever held as a tree.
//!
//! Reports are machine-made and plain: no document type, no entities, no surprises in what stands where. Whatever does not belong
//! is refused rather than passed over, because it could be a payment.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::fault::{Place, ResultFault, shown};
use super::limits::{DEPTH_MAX, ELEMENTS_MAX, TEXT_BYTES_MAX};
use super::written::Written;
use crate::domain::payment::report::BankAmount;

/// An element with everything in it.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// Its name without a prefix.
    pub(super) name: &'a str,
    /// Its text, trimmed.
    text: Cow<'a, str>,
    /// Its currency, if it has one.
    currency: Option<Cow<'a, str>>,
    children: Vec<Node<'a>>,
    /// Byte at which it begins.
    begins: usize,
    /// Byte behind its end.
    ends: usize,
}

/// What a walk meets.
pub(super) trait Visitor<'a> {
    /// The names an element may have inside a container, or `None` if the element is no container.
    fn children_of(&self, container: &str) -> Option<&'static [&'static str]>;
    /// A container begins.
    fn open(&mut self, container: &str, file: &File<'a>) -> Result<(), ResultFault>;
    /// An element that is no container stands directly in one.
    fn whole(&mut self, container: &str, node: &Node<'a>, file: &File<'a>) -> Result<(), ResultFault>;
    /// A container ends.
    fn close(&mut self, container: &str, file: &File<'a>) -> Result<(), ResultFault>;
}

/// The text of a file with how far it has been read.
pub(super) struct File<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Containers open now, from the outside in.
    path: Vec<&'a str>,
}

impl<'a> File<'a> {
    /// Opens a file and gives the namespace of its `Document`.
    pub(super) fn open(text: &'a str) -> Result<(Self, String), ResultFault> {
        let mut file = Self { text, reader: Reader::from_str(text), path: Vec::new() };
        loop {
            match file.next()? {
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Text(between) if between.trim().is_empty() => {}
                Event::Start(root) => {
                    let namespace = namespace_of(&root).filter(|_| root.local_name().as_ref() == "Document");
                    let name = String::from_utf8_lossy(root.name().as_ref().as_bytes()).into_owned();
                    let namespace =
                        namespace.ok_or_else(|| ResultFault::OtherKind { expected: "laporan ISO 20022", found: Some(shown(&name)) })?;
                    file.path.push("Document");
                    return Ok((file, namespace));
                }
                _ => return Err(ResultFault::OtherKind { expected: "laporan ISO 20022 (XML)", found: None }),
            }
        }
    }

    /// Walks to the end of the document.
    pub(super) fn walk(mut self, visitor: &mut impl Visitor<'a>) -> Result<(), ResultFault> {
        loop {
            match self.next()? {
                Event::Start(start) => self.enter(&start, false, visitor)?,
                Event::Empty(start) => self.enter(&start, true, visitor)?,
                Event::End(_) => {
                    let Some(name) = self.path.pop() else { return Err(self.broken("penutup tanpa pembuka")) };
                    if self.path.is_empty() {
                        return self.finish();
                    }
                    visitor.close(name, &self)?;
                }
                Event::Text(between) if between.trim().is_empty() => {}
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => return Err(self.broken("berakhir di tengah")),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Decl(_) | Event::DocType(_) => {
                    return Err(ResultFault::Stranger(self.place("tulisan di luar elemen")));
                }
            }
        }
    }

    /// Only blanks and comments may stand behind the document.
    fn finish(mut self) -> Result<(), ResultFault> {
        loop {
            match self.next()? {
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(behind) if behind.trim().is_empty() => {}
                _ => return Err(self.broken("ada isi setelah akhir dokumen")),
            }
        }
    }

    fn enter(&mut self, start: &BytesStart<'a>, is_empty: bool, visitor: &mut impl Visitor<'a>) -> Result<(), ResultFault> {
        let name = self.name_of(start);
        let container = self.path.last().copied().unwrap_or_default();
        if visitor.children_of(container).is_some_and(|known| !known.contains(&name)) {
            return Err(ResultFault::Stranger(self.place(&shown(name))));
        }
        if visitor.children_of(name).is_some() {
            self.path.push(name);
            visitor.open(name, self)?;
            if is_empty {
                self.path.pop();
                visitor.close(name, self)?;
            }
            return Ok(());
        }
        let mut left = ELEMENTS_MAX;
        let node = self.tree(start, is_empty, self.path.len(), &mut left)?;
        visitor.whole(container, &node, self)
    }

    /// Reads an element with everything in it. The nesting is held by a list of open elements, never by the stack of the machine.
    fn tree(&mut self, start: &BytesStart<'a>, is_empty: bool, depth: usize, left: &mut usize) -> Result<Node<'a>, ResultFault> {
        let mut open = vec![self.node(start)?];
        if is_empty {
            return open.pop().ok_or_else(|| self.broken("elemen kosong"));
        }
        loop {
            let event = self.next()?;
            let Some(inner) = open.last_mut() else { return Err(self.broken("penutup tanpa pembuka")) };
            let closed = match event {
                Event::Start(_) | Event::Empty(_) if *left == 0 => return Err(self.beyond("banyaknya elemen")),
                Event::Start(start) => {
                    *left -= 1;
                    if depth + open.len() >= DEPTH_MAX {
                        return Err(self.beyond("kedalaman elemen"));
                    }
                    open.push(self.node(&start)?);
                    None
                }
                Event::Empty(start) => {
                    *left -= 1;
                    let child = self.node(&start)?;
                    inner.children.push(child);
                    None
                }
                Event::Text(text) => self.add(inner, text.xml10_content()).map(|()| None)?,
                Event::CData(text) => self.add(inner, text.xml10_content()).map(|()| None)?,
                Event::GeneralRef(reference) => {
                    let letter = reference.resolve_char_ref().ok().flatten().or_else(|| named(&reference));
                    let letter = letter.filter(|c| !c.is_control() || c.is_whitespace());
                    let letter = letter.ok_or_else(|| ResultFault::Definitions(self.place("entitas")))?;
                    self.add(inner, Cow::Owned(letter.to_string())).map(|()| None)?
                }
                Event::End(_) => open.pop(),
                Event::Comment(_) | Event::PI(_) => None,
                Event::Eof => return Err(self.broken("berakhir di tengah")),
                Event::Decl(_) | Event::DocType(_) => return Err(self.broken("deklarasi di tengah")),
            };
            if let Some(mut node) = closed {
                node.ends = self.at();
                node.text = trimmed(std::mem::take(&mut node.text));
                match open.last_mut() {
                    Some(outer) => outer.children.push(node),
                    None => return Ok(node),
                }
            }
        }
    }

    fn node(&self, start: &BytesStart<'a>) -> Result<Node<'a>, ResultFault> {
        let name = self.name_of(start);
        let ends = self.at();
        let begins = self.text.get(..ends).and_then(|before| before.rfind('<')).unwrap_or(ends);
        let currency = match start.try_get_attribute("Ccy") {
            Ok(found) => found.map(|attribute| Cow::Owned(attribute.value.to_string())),
            Err(why) => return Err(self.broken(&why.to_string())),
        };
        Ok(Node { name, text: Cow::Borrowed(""), currency, children: Vec::new(), begins, ends })
    }

    /// The name of an element as a piece of the file, so that it outlives the event.
    fn name_of(&self, start: &BytesStart<'a>) -> &'a str {
        let ends = self.at();
        let before = self.text.get(..ends).unwrap_or_default();
        let tag = before.rfind('<').and_then(|at| before.get(at + 1..)).unwrap_or_default();
        let local = start.local_name();
        let length = start.name().as_ref().len();
        let name = tag.get(..length).unwrap_or_default();
        name.get(length.saturating_sub(local.as_ref().len())..).unwrap_or_default()
    }

    fn add(&self, node: &mut Node<'a>, more: Cow<'a, str>) -> Result<(), ResultFault> {
        if more.trim().is_empty() && node.text.is_empty() {
            return Ok(());
        }
        if node.text.len() + more.len() > TEXT_BYTES_MAX {
            return Err(self.beyond("panjang tulisan"));
        }
        if node.text.is_empty() {
            node.text = more;
        } else {
            node.text.to_mut().push_str(&more);
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Event<'a>, ResultFault> {
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err(ResultFault::Definitions(self.place(""))),
            Ok(event) => Ok(event),
            Err(why) => {
                let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
                Err(ResultFault::Broken { place: Place { line: self.line_at(at), part: String::new() }, why: why.to_string() })
            }
        }
    }

    /// Byte up to which the file has been read.
    pub(super) fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn line_at(&self, at: usize) -> u64 {
        let before = self.text.as_bytes().get(..at.min(self.text.len())).unwrap_or_default();
        u64::try_from(before.split(|byte| *byte == b'\n').count()).unwrap_or(u64::MAX)
    }

    fn broken(&self, why: &str) -> ResultFault {
        ResultFault::Broken { place: self.place(""), why: why.to_owned() }
    }

    fn beyond(&self, what: &'static str) -> ResultFault {
        ResultFault::Beyond { place: self.place(""), what }
    }

    /// Where the walk is now.
    pub(super) fn place(&self, part: &str) -> Place {
        let inside = self.path.iter().skip(1).copied().chain(Some(part)).filter(|name| !name.is_empty()).collect::<Vec<_>>().join("/");
        Place { line: self.line_at(self.at()), part: if inside.is_empty() { inside } else { format!("elemen {inside}") } }
    }

    /// Where an element stands, or something below it.
    pub(super) fn place_of(&self, node: &Node<'_>, path: &[&str]) -> Place {
        let names = self.path.iter().skip(1).copied().chain([node.name]).chain(path.iter().copied());
        Place { line: self.line_at(node.begins), part: format!("elemen {}", names.collect::<Vec<_>>().join("/")) }
    }

    /// The bytes read since an earlier [`File::at`].
    pub(super) fn raw_from(&self, begins: usize) -> &'a [u8] {
        self.text.as_bytes().get(begins..self.at()).unwrap_or_default()
    }

    /// The bytes of an element in the file.
    pub(super) fn raw(&self, node: &Node<'_>) -> &'a [u8] {
        self.text.as_bytes().get(node.begins..node.ends).unwrap_or_default()
    }
}

impl<'a> Node<'a> {
    /// All elements of a name directly inside.
    pub(super) fn all<'n, 's>(&'n self, name: &'s str) -> impl Iterator<Item = &'n Node<'a>> + use<'n, 's, 'a> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All elements directly inside.
    pub(super) fn children(&self) -> impl Iterator<Item = &Node<'a>> {
        self.children.iter()
    }

    /// The texts of all elements of a name below a path.
    pub(super) fn all_at<'n>(&'n self, path: &[&str], name: &'n str) -> impl Iterator<Item = &'n str> {
        self.at(path).into_iter().flat_map(move |node| node.all(name)).map(Node::text)
    }

    /// The element at the end of a path; the first where there are several.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Node<'a>> {
        path.iter().try_fold(self, |node, name| node.all(name).next())
    }

    /// The element of a path of which every step stands only once.
    pub(super) fn one(&self, path: &[&str], file: &File<'_>) -> Result<Option<&Node<'a>>, ResultFault> {
        let mut node = self;
        for (depth, name) in (1..).zip(path) {
            let mut found = node.all(name);
            let Some(first) = found.next() else { return Ok(None) };
            if found.next().is_some() {
                return Err(ResultFault::Twice(file.place_of(self, path.get(..depth).unwrap_or_default())));
            }
            node = first;
        }
        Ok(Some(node))
    }

    /// The text at the end of a path; `None` if it is empty or not there.
    pub(super) fn text_at(&self, path: &[&str]) -> Option<&str> {
        self.at(path).map(Node::text).filter(|text| !text.is_empty())
    }

    /// The text at the end of a path that must be there.
    pub(super) fn needed(&self, path: &[&str], file: &File<'_>) -> Result<&str, ResultFault> {
        self.one(path, file)?.map(Node::text).filter(|text| !text.is_empty()).ok_or_else(|| ResultFault::Missing(file.place_of(self, path)))
    }

    /// The text of this element.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The amount of an element `Amt`, `InstdAmt`, `TtlAmt`: in rupiah, or refused by name.
    pub(super) fn amount(&self, file: &File<'_>) -> Result<BankAmount, ResultFault> {
        match self.currency.as_deref() {
            Some("IDR") => {}
            Some(other) => return Err(ResultFault::Currency { place: file.place_of(self, &[]), found: shown(other) }),
            None => return Err(ResultFault::Missing(Place { part: "atribut Ccy".to_owned(), ..file.place_of(self, &[]) })),
        }
        self.decimal(file)
    }

    /// A sum without a currency.
    pub(super) fn decimal(&self, file: &File<'_>) -> Result<BankAmount, ResultFault> {
        let read = Written::Point.read(self.text());
        read.ok_or_else(|| ResultFault::unreadable(file.place_of(self, &[]), self.text(), "jumlah uang"))
    }

    /// A count.
    pub(super) fn count(&self, file: &File<'_>) -> Result<u32, ResultFault> {
        self.text().parse().ok().ok_or_else(|| ResultFault::unreadable(file.place_of(self, &[]), self.text(), "banyaknya"))
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The five entities every XML file has.
fn named(reference: &str) -> Option<char> {
    Some(match reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

/// The namespace an element stands in by its own attributes.
fn namespace_of(element: &BytesStart<'_>) -> Option<String> {
    let declared = match element.name().as_ref().split_once(':') {
        Some((prefix, _)) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    let attribute = element.try_get_attribute(declared.as_str()).ok().flatten()?;
    Some(attribute.value.trim().to_owned())
}
