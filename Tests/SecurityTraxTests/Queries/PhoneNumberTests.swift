import TestSupport
import Testing

@testable import SecurityTrax

@Suite("Phone numbers")
struct PhoneNumberTests {
    @Test(
        "A number is its digits, however it is written",
        arguments: [
            ("5085550107", "5085550107"), ("(508) 555-0107", "5085550107"), ("508.555.0107", "5085550107"),
            ("508 555 0107", "5085550107"), ("+1 508-555-0107", "5085550107"),
            ("1-508-555-0107", "5085550107"),
            ("15085550107", "5085550107"), ("tel:+1-508-555-0107", "5085550107"),
            ("\u{202A}+1 (508) 555\u{2011}0107\u{202C}", "5085550107"), ("５０８５５５０１０７", "5085550107"),
            ("5085550107.0", "5085550107"), ("15085550107.0", "5085550107"), ("5085550100.0 ", "5085550100"),
            ("508.555.0100", "5085550100"), ("508-555-0107 x3", "5085550107"),
            ("508-555-0107 ext. 12", "5085550107"), ("508-555-0107 Ext 4", "5085550107"),
            ("508-555-0107 #4", "5085550107"), ("508-555-0107 extension 9", "5085550107"),
            ("Home: 508-555-0107", "5085550107"), ("508-555-0107 (mobile)", "5085550107"),
            ("(508) 555-0107;", "5085550107"), ("555-0107", "5550107"), ("+44 20 7946 0958", "442079460958"),
            ("508-555-0107 / 508-555-0108", nil),
            ("508-555-0107, 508-555-0108", nil), ("508-555-0107\n508-555-0108", nil),
            ("508-555-0107 & 0108", nil), ("5.08555E+09", nil), ("5085550107E0", nil), ("", nil),
            ("none", nil),
            ("N/A", nil), ("911", nil), ("1-800-FLOWERS", nil), ("1234567890123456", nil), ("-", nil),
        ])
    func reads(text: String, digits: String?) {
        #expect(PhoneNumber(text)?.digits == digits)
    }

    @Test(
        "A number that is written for want of one is none",
        arguments: [
            "000-000-0000", "999-999-9999", "555-555-5555", "(111) 111-1111", "1-000-000-0000",
            "+1 999 999 9999",
            "1234567890", "123-456-7890", "0123456789", "9876543210", "1234567", "12345678", "00000000",
            "0000000",
            "000-0000", "111-222-3333", "508-000-0000", "508-555-5555", "555-555-1234", "000-555-0107",
            "0000000000.0", "222-333-4444", "(999) 999-9999 x1",
        ])
    func dummies(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test(
        "No number is put together from digits that stand apart",
        arguments: [
            "508-555-0107 (after 5pm)", "508-555-0107 or 0108", "508-555-0107 apt 12", "508-555-01O7",
            "5O8-555-0107", "O508-555-0107", "508-555-010O", "508-555-O107", "508-555-0107 0108",
            "508-555-0107 12", "555-0107 555-0108", "508-555-0107 508-555-0108", "508-555-0107 x3 or x4",
            "508-555-0107 call before 8", "2 phones: 508-555-0107", "508-555-0107 unit #4 rear",
            "1-800-555-HELP",
            "508-555-0107 and 508-555-0108", "+1 508-555-0107 12", "l508-555-0107", "555-HELP",
        ])
    func garbled(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test(
        "Decimals, extensions and words around a number leave it what it is",
        arguments: [
            ("5085550107.00", "5085550107"), ("5550107.0", "5550107"), ("15085550107.00", "5085550107"),
            ("508-555-0107x12", "5085550107"), ("508-555-0107, ext. 12", "5085550107"),
            ("508-555-0107 x 12", "5085550107"), ("508-555-0107 ext 12 (front desk)", "5085550107"),
            ("508-555-0107 #12", "5085550107"), ("508-555-0107 - home", "5085550107"),
            ("508-555-0107-cell", "5085550107"), ("508-555-0107c", "5085550107"),
            ("C: 508-555-0107", "5085550107"),
            ("508-555-0107 call first", "5085550107"), ("508_555_0107", "5085550107"),
            ("[508] 555-0107", "5085550107"),
            ("508 - 555 - 0107", "5085550107"), ("020 7946 0958", "02079460958"),
            ("+33 1 23 45 67 89", "33123456789"),
            ("508-222-2222", "5082222222"), ("800-555-1234", "8005551234"), ("508-555-0000", "5085550000"),
        ])
    func around(text: String, digits: String) {
        #expect(PhoneNumber(text)?.digits == digits)
    }

    @Test("What is written as nearly all are is read as the others are")
    func usualForm() {
        let forms = [
            "5085550107", "508-555-0107", "(508) 555-0107", "508.555.0107", "508 555 0107", "(508)555-0107",
        ]
        for form in forms { #expect(PhoneNumber.usualDigits(form) == "5085550107", "\(form)") }
        let signs = Array("0123456789012345678901234567890123456789 ()-.-- +x")
        var numbers = SeededNumbers(state: 7)
        var usual = 0
        for _ in 0..<20_000 {
            // A usual one with up to two signs changed, taken away or added.
            var text = Array(forms.randomElement(using: &numbers) ?? "")
            for _ in 0..<Int.random(in: 0...2, using: &numbers) {
                let place = Int.random(in: 0..<text.count, using: &numbers)
                let sign = signs.randomElement(using: &numbers) ?? "0"
                switch Int.random(in: 0..<3, using: &numbers) {
                case 0: text[place] = sign
                case 1: text.remove(at: place)
                default: text.insert(sign, at: place)
                }
            }
            guard let digits = PhoneNumber.usualDigits(String(text)) else { continue }
            usual += 1
            #expect(WrittenPhone(String(text))?.digits == digits, "\(String(text))")
        }
        #expect(usual > 1_000)
    }

    @Test(
        "A digit with a mark on it is none",
        arguments: ["508555010\u{37}\u{301}", "5\u{FE0F}\u{20E3}085550107"])
    func markedDigits(text: String) {
        #expect(PhoneNumber(text).map { $0.digits.utf8.allSatisfy { (48...57).contains($0) } } ?? true)
    }
}
