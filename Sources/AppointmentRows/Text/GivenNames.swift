/// Given names that are common among technicians and their customers: with one of them, a text that stands alone is somebody's
/// name, and without one it may be a town's.
enum GivenNames {
    static func contain(_ word: some StringProtocol) -> Bool { names.contains(word.lowercased()) }

    private static let names = Set(
        """
        aaron abdul abraham adam adrian ahmed alan albert alejandro alex alexander alexis alfred ali alice allen amanda amber \
        amy ana andre andrea andrew andy angel angela anita ann anna anne annie anthony antonio arthur ashley barbara barry \
        ben benjamin bernard beth betty beverly bill billy bob bobby bonnie brad bradley brandon brenda brent brett brian \
        bridget bruce bryan bryce caleb calvin cameron carl carla carlos carmen carol caroline carolyn carrie casey cathy \
        chad charles charlie cheryl chloe chris christian christina christine christopher cindy claire clara clarence claude \
        claudia cody colin connie connor corey cory craig crystal curtis cynthia dale dan dana daniel danielle danny darlene \
        darrell darren darryl dave david dawn dean deborah debra dennis derek derrick diana diane diego dmitri dominic don \
        donald donna doris dorothy doug douglas duane dustin dwayne dylan earl ed eddie edgar eduardo edward edwin elaine \
        elena eli elijah elizabeth ellen emily emma enrique eric erica erik erin ernest esther ethan eugene eva evan evelyn \
        felipe felix fernando florence frances francis francisco frank franklin fred frederick gabriel gail gary gavin gene \
        george gerald geraldine gilbert gina glen glenn gloria gordon grace greg gregory guillermo guy hannah harold harry \
        hassan heather hector heidi helen henry herbert holly howard hugh ian irene isaac isabel ivan jack jacob jacqueline \
        jaime jake jamal james jamie jan jane janet janice jared jasmine jason javier jay jean jeff jeffery jeffrey jen \
        jennifer jeremiah jeremy jerome jerry jesse jessica jesus jill jim jimmy joan joann joanne jodi joe joel john johnny \
        jon jonathan jordan jorge jose joseph josh joshua joyce juan juanita judith judy julia julian julie julio justin \
        karen karl katherine kathleen kathryn kathy katie keith kelly ken kenneth kenny kevin kim kimberly kirk kristen \
        kristin kurt kyle lance larry laura lauren laurie lawrence leah lee leo leon leonard leroy leslie lewis liam linda \
        lisa liz logan lois lonnie lori louis louise lucas lucy luis luke lynn manuel marc marcus margaret maria marie \
        marilyn mario marion mark marlene marsha martha martin marvin mary mason mathew matt matthew maureen max megan \
        melanie melissa melvin micah michael micheal michele michelle miguel mike milton mitchell mohammed mohamed monica \
        morgan nancy natalie natasha nathan nathaniel neil nicholas nick nicole nina noah norma norman olga oliver olivia \
        omar oscar pablo pamela pat patricia patrick patty paul paula pedro peggy perry pete peter phil philip phillip \
        rachel ralph ramon randall randy raul ray raymond rebecca regina rene ricardo rich richard rick ricky rita rob \
        robert roberta roberto robin rodney roger roland ron ronald ronnie rosa rose ross roy ruben russell ruth ryan sally \
        sam samantha samuel sandra sandy sara sarah scott sean sergio seth shane shannon sharon shaun shawn sheila sherry \
        shirley sidney sonia sophia stacy stan stanley stefan stella stephanie stephen steve steven stuart sue susan suzanne \
        sylvia tamara tammy tara ted teresa terrance terrence terry theodore theresa thomas tiffany tim timothy tina todd tom \
        tommy toni tony tracy travis trevor troy tyler tyrone valerie vanessa vernon veronica vicki victor vincent vivian \
        wade walter wanda warren wayne wendy wesley will william willie xavier yolanda zach zachary
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
