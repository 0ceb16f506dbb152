import SystemFiles
import Testing

@Suite("Parts of a path") struct PathPartsTests {
    @Test(
        "A path has a folder and a name",
        arguments: [
            ("x", "", "x"), ("é", "", "é"), ("x.csv", "", "x.csv"), ("a/x", "a", "x"), ("./x", ".", "x"),
            ("../x", "..", "x"), ("a/b/x", "a/b", "x"), ("/x", "/", "x"), ("/a/x", "/a", "x"),
            ("a//x", "a", "x"),
            ("//x", "/", "x"), ("a/", "", "a"), ("a/b//", "a", "b"), ("/", "/", ""), ("", "", ""),
            (".", "", "."),
        ])
    func parts(path: String, folder: String, name: String) {
        let parts = PathParts(path)
        #expect(parts.folder == folder)
        #expect(parts.name == name)
    }

    @Test(
        "Another name goes beside it",
        arguments: [("x", "y"), ("a/x", "a/y"), ("/x", "/y"), ("/a/x", "/a/y")])
    func siblings(path: String, sibling: String) {
        #expect(PathParts.path("y", in: PathParts(path).folder) == sibling)
    }
}
