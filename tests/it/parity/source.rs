//! The public items of the crate, as its source has them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Fields, Ident, ImplItem, Item, LitStr, Token, Type, UseTree, Visibility};

/// Each public item, by its path, and how many public parts it has.
pub(super) struct Items(pub(super) BTreeMap<String, usize>);

/// Where an item is defined: the path of its module, and its name.
type Place = (String, String);

#[derive(Default)]
struct Module {
    /// The public modules in it.
    children: Vec<String>,
    /// What it defines, and whether that is public.
    items: BTreeMap<String, bool>,
    /// What it brings in by another path: whether for all, the path, and the name here.
    uses: Vec<(bool, Vec<String>, String)>,
}

#[derive(Default)]
struct Source {
    modules: BTreeMap<String, Module>,
    /// Implementations: the module, the type as it is named there, and its public parts.
    parts: Vec<(String, Vec<String>, BTreeSet<String>)>,
}

/// What `named!` declares: an enum.
struct Named {
    name: String,
    variants: BTreeSet<String>,
}

impl Parse for Named {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Attribute::parse_outer(input)?;
        let name = input.parse::<Ident>()?.to_string();
        input.parse::<LitStr>()?;
        let inner;
        syn::braced!(inner in input);
        let mut variants = BTreeSet::new();
        while !inner.is_empty() {
            Attribute::parse_outer(&inner)?;
            variants.insert(inner.parse::<Ident>()?.to_string());
            inner.parse::<Token![=]>()?;
            inner.parse::<LitStr>()?;
            inner.parse::<Token![,]>()?;
        }
        Ok(Self { name, variants })
    }
}

fn below(module: &str, name: &str) -> String {
    match module {
        "" => name.to_owned(),
        _ => format!("{module}::{name}"),
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn only_in_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute.path().is_ident("cfg").then(|| attribute.meta.require_list().ok());
        list.flatten().is_some_and(|list| list.tokens.to_string() == "test")
    })
}

fn used(tree: &UseTree, before: &[String], found: &mut Vec<(Vec<String>, String)>) {
    let with = |name: &dyn ToString| [before, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(path) => used(&path.tree, &with(&path.ident), found),
        UseTree::Name(name) => found.push((with(&name.ident), name.ident.to_string())),
        UseTree::Rename(name) => found.push((with(&name.ident), name.rename.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| used(tree, before, found)),
        UseTree::Glob(_) => found.push((before.to_vec(), "*".to_owned())),
    }
}

fn fields(fields: &Fields) -> BTreeSet<String> {
    let named = fields.iter().enumerate().filter(|(_, field)| public(&field.vis));
    named.map(|(i, f)| f.ident.as_ref().map_or(i.to_string(), ToString::to_string)).collect()
}

impl Source {
    fn file(&mut self, file: &Path, folder: &Path, module: &str) {
        let text = fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        self.items(parsed.items, folder, module);
    }

    fn items(&mut self, items: Vec<Item>, folder: &Path, module: &str) {
        self.modules.entry(module.to_owned()).or_default();
        for item in items {
            self.item(item, folder, module);
        }
    }

    fn define(&mut self, module: &str, name: &Ident, visibility: &Visibility) {
        let module = self.modules.get_mut(module).unwrap();
        module.items.insert(name.to_string(), public(visibility));
    }

    fn with_parts(&mut self, module: &str, name: String, parts: BTreeSet<String>) {
        self.parts.push((module.to_owned(), vec![name], parts));
    }

    fn item(&mut self, item: Item, folder: &Path, module: &str) {
        match item {
            Item::Mod(inner) if !only_in_tests(&inner.attrs) => {
                let name = inner.ident.to_string();
                // The interface itself.
                if below(module, &name) == "capi" {
                    return;
                }
                if public(&inner.vis) {
                    self.modules.get_mut(module).unwrap().children.push(name.clone());
                }
                let (path, folder) = (below(module, &name), folder.join(&name));
                let file = folder.with_extension("rs");
                match inner.content {
                    Some((_, items)) => self.items(items, &folder, &path),
                    None if file.exists() => self.file(&file, &folder, &path),
                    None => self.file(&folder.join("mod.rs"), &folder, &path),
                }
            }
            Item::Use(item) => {
                let mut found = Vec::new();
                used(&item.tree, &[], &mut found);
                let found = found.into_iter().map(|(path, name)| (public(&item.vis), path, name));
                self.modules.get_mut(module).unwrap().uses.extend(found);
            }
            Item::Struct(item) => {
                self.define(module, &item.ident, &item.vis);
                self.with_parts(module, item.ident.to_string(), fields(&item.fields));
            }
            Item::Enum(item) => {
                self.define(module, &item.ident, &item.vis);
                let variants = item.variants.iter().map(|variant| variant.ident.to_string());
                self.with_parts(module, item.ident.to_string(), variants.collect());
            }
            Item::Macro(item) if item.mac.path.is_ident("named") => {
                let Named { name, variants } = item.mac.parse_body().unwrap();
                let items = &mut self.modules.get_mut(module).unwrap().items;
                items.insert(name.clone(), true);
                self.with_parts(module, name, variants);
            }
            Item::Trait(item) => self.define(module, &item.ident, &item.vis),
            Item::Type(item) => self.define(module, &item.ident, &item.vis),
            Item::Const(item) => self.define(module, &item.ident, &item.vis),
            Item::Static(item) => self.define(module, &item.ident, &item.vis),
            Item::Fn(item) if !only_in_tests(&item.attrs) => {
                self.define(module, &item.sig.ident, &item.vis);
            }
            Item::Impl(item) if item.trait_.is_none() && !only_in_tests(&item.attrs) => {
                let Type::Path(of) = *item.self_ty else { return };
                let path = of.path.segments.iter().map(|part| part.ident.to_string()).collect();
                let parts = item.items.iter().filter_map(|part| match part {
                    ImplItem::Fn(part) => public(&part.vis).then(|| part.sig.ident.to_string()),
                    ImplItem::Const(part) => public(&part.vis).then(|| part.ident.to_string()),
                    _ => None,
                });
                self.parts.push((module.to_owned(), path, parts.collect()));
            }
            _ => {}
        }
    }

    /// Where a path that is written in a module leads to, if that is in this crate.
    fn place(&self, module: &str, path: &[String]) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        let parent = || module.rsplit_once("::").map_or("", |(parent, _)| parent);
        match first.as_str() {
            "crate" => return self.place("", rest),
            "self" => return self.place(module, rest),
            "super" => return self.place(parent(), rest),
            _ => {}
        }
        let here = self.modules.get(module)?;
        let inner = below(module, first);
        if !rest.is_empty() && self.modules.contains_key(&inner) {
            return self.place(&inner, rest);
        }
        if rest.is_empty() && here.items.contains_key(first) {
            return Some((module.to_owned(), first.clone()));
        }
        here.uses.iter().find_map(|(_, path, name)| match name.as_str() {
            // What a test or a body brings in is not seen, nor what leads to itself.
            "*" if path.first().is_some_and(|first| first != "super") => {
                self.place(module, &[path.as_slice(), std::slice::from_ref(first), rest].concat())
            }
            name if name == first && path.as_slice() != [first.clone()] => {
                self.place(module, &[path, rest].concat())
            }
            _ => None,
        })
    }

    /// Adds the public paths below a public module.
    fn walk(&self, module: &str, found: &mut BTreeMap<Place, BTreeSet<String>>) {
        let here = &self.modules[module];
        for (name, _) in here.items.iter().filter(|(_, public)| **public) {
            let place = (module.to_owned(), name.clone());
            found.entry(place).or_default().insert(below(module, name));
        }
        for (_, path, name) in here.uses.iter().filter(|(public, ..)| *public) {
            assert_ne!(name, "*", "what {module} exports must be named");
            // Of another crate where there is no such place.
            let place = self.place(module, path).unwrap_or((String::new(), path.join("::")));
            found.entry(place).or_default().insert(below(module, name));
        }
        for child in &here.children {
            self.walk(&below(module, child), found);
        }
    }
}

impl Items {
    /// Reads a crate whose `lib.rs` is in a folder.
    pub(super) fn of(folder: &Path) -> Self {
        let mut source = Source::default();
        source.file(&folder.join("lib.rs"), folder, "");
        let mut parts: BTreeMap<Place, BTreeSet<String>> = BTreeMap::new();
        for (module, path, names) in &source.parts {
            if let Some(place) = source.place(module, path) {
                parts.entry(place).or_default().extend(names.iter().cloned());
            }
        }
        let mut found = BTreeMap::new();
        source.walk("", &mut found);
        let items = found.into_iter().map(|(place, paths)| {
            // The module that an item is defined below, rather than one that repeats it.
            let near = |path: &&String| {
                let module = path.rsplit_once("::").map_or("", |(module, _)| module);
                (place.0.starts_with(module), module.len())
            };
            let path = paths.iter().max_by_key(near).unwrap().clone();
            (path, parts.get(&place).map_or(0, BTreeSet::len))
        });
        Self(items.collect())
    }
}
