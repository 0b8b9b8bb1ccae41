/// A file that is to have a content, or to be away.
package struct FileWork: Sendable {
    /// The absolute path.
    package var path: Template
    /// The content; nil if the file is to be away.
    package var content: Template?
    /// Whether the content is Base64 of what the file holds: a shell takes no NUL.
    package var isBase64: Bool
    /// The permissions in octal digits without leading zeros, as `stat` prints them.
    package var mode: String
    /// `user:group`, names or numbers.
    package var owner: Template

    /// Makes file work.
    package init(
        path: Template, content: Template?, isBase64: Bool = false, mode: String = "644",
        owner: Template = Template(parts: [.text("root:root")])
    ) {
        self.path = path
        self.content = content
        self.isBase64 = isBase64
        self.mode = mode
        self.owner = owner
    }

    /// The names of all values in it.
    var names: [String] { path.names + (content?.names ?? []) + owner.names }
}

/// Keys of a TOML file that are to have values; all else in the file stays as it is.
package struct TOMLWork: Sendable {
    /// A value of a key.
    package enum Value: Sendable {
        case text(Template)
        case bare(String)
        case list([Template])
    }

    /// One key with its value.
    package struct Setting: Sendable {
        /// The parts of the dotted key.
        package var key: [String]
        /// The value.
        package var value: Value

        /// Makes a setting.
        package init(key: [String], value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// The absolute path.
    package var path: Template
    /// The keys in the order written.
    package var settings: [Setting]

    /// Makes TOML work.
    package init(path: Template, settings: [Setting]) {
        self.path = path
        self.settings = settings
    }

    /// The names of all values in it.
    var names: [String] {
        path.names
            + settings.flatMap { setting in
                switch setting.value {
                case .text(let template): template.names
                case .bare: [String]()
                case .list(let items): items.flatMap(\.names)
                }
            }
    }
}
