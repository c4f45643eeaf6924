//! ES modules joined into the one script of a page. An editor and a type checker see modules that import what they use; the
//! browser gets one scope, because a page that is opened from a disk may not load a module.
//!
//! Joining takes lines away and adds none, so it asks for a little discipline, which a test holds every page to: an import
//! stands on one line and names what it takes, a name at the top of a module is unique among the page's modules.

/// A module by the name it is imported as (`work.js`), and its text.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Module {
    pub(in crate::report) name: &'static str,
    pub(in crate::report) text: &'static str,
}

/// One script of `modules`: each after those it imports, `import` and `export` taken away, strict as modules are.
pub(in crate::report) fn joined(modules: &[Module]) -> String {
    let mut order = Vec::new();
    for module in modules {
        place(module, modules, &mut order);
    }
    let mut script = String::from("\"use strict\";\n");
    for module in order {
        for line in module.text.lines().filter(|line| !line.starts_with("import ")) {
            script.push_str(line.strip_prefix("export ").unwrap_or(line));
            script.push('\n');
        }
    }
    script
}

/// Puts what `module` imports into `order`, then itself. A module already there is passed over, which also ends a circle.
fn place<'a>(module: &'a Module, modules: &'a [Module], order: &mut Vec<&'a Module>) {
    if order.iter().any(|placed| placed.name == module.name) {
        return;
    }
    for name in imports(module).filter(|name| *name != module.name) {
        if let Some(imported) = modules.iter().find(|other| other.name == name) {
            place(imported, modules, order);
        }
    }
    order.push(module);
}

/// The modules that `module` imports, by name.
fn imports(module: &Module) -> impl Iterator<Item = &'static str> {
    let lines = module.text.lines().filter(|line| line.starts_with("import "));
    lines.filter_map(|line| line.split('"').nth(1)).map(|path| path.rsplit('/').next().unwrap_or(path))
}

#[cfg(test)]
pub(in crate::report) mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// What breaks the discipline that joining asks for; nothing where a page's modules keep to it.
    pub(in crate::report) fn troubles(modules: &[Module]) -> Vec<String> {
        let mut troubles = Vec::new();
        let mut homes: BTreeMap<String, &str> = BTreeMap::new();
        for module in modules {
            for name in top_names(module, "") {
                if let Some(home) = homes.insert(name.clone(), module.name) {
                    troubles.push(format!("{name} stands in {home} and in {}", module.name));
                }
            }
        }
        for module in modules {
            for line in module.text.lines().filter(|line| line.starts_with("import ")) {
                let from = line.split('"').nth(1).and_then(|path| path.rsplit('/').next()).unwrap_or_default();
                let exported: BTreeSet<String> = modules
                    .iter()
                    .filter(|other| other.name == from)
                    .flat_map(|other| top_names(other, "export "))
                    .collect();
                let taken = line.split(['{', '}']).nth(1).unwrap_or_default().split(',').map(str::trim);
                troubles.extend(
                    taken
                        .filter(|name| !exported.contains(*name))
                        .map(|name| format!("{}: {from} exports no {name}", module.name)),
                );
            }
        }
        troubles
    }

    /// Names that `module` declares at its top in lines that begin with `prefix`.
    fn top_names(module: &Module, prefix: &str) -> Vec<String> {
        let declares = |line: &str| {
            let line = line.strip_prefix(prefix)?;
            let line = line.strip_prefix("export ").unwrap_or(line);
            let line = line.strip_prefix("async ").unwrap_or(line);
            let rest =
                ["function ", "class ", "const ", "let ", "var "].iter().find_map(|word| line.strip_prefix(word))?;
            Some(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '$').collect())
        };
        module.text.lines().filter_map(declares).collect()
    }

    #[test]
    fn a_module_comes_after_what_it_imports() {
        let modules = [
            Module { name: "start.js", text: "import { draw } from \"./draw.js\";\ndraw();\n" },
            Module {
                name: "draw.js",
                text: "import { LEAST } from \"../shared/words.js\";\nexport function draw() { return LEAST; }\n",
            },
            Module { name: "words.js", text: "export const LEAST = 5;\n" },
        ];
        assert_eq!(joined(&modules), "\"use strict\";\nconst LEAST = 5;\nfunction draw() { return LEAST; }\ndraw();\n");
        assert_eq!(troubles(&modules), Vec::<String>::new());
    }

    #[test]
    fn two_names_alike_and_imports_of_nothing_are_found() {
        let modules = [
            Module { name: "a.js", text: "import { two } from \"./b.js\";\nconst one = 1;\n" },
            Module { name: "b.js", text: "export const three = 3;\nfunction one() {}\n" },
        ];
        assert_eq!(troubles(&modules), ["one stands in a.js and in b.js", "a.js: b.js exports no two"]);
    }
}
