"""Who may come through which address, and by which method. The one list that is written by hand.

An address that stands in no list fails the matrix, and so does a line here that no address stands behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from massline.desk.people.states import Role

NOBODY = 0
MEMBER, ORGANISER, HOLDER = int(Role.MEMBER), int(Role.ORGANISER), int(Role.HOLDER)

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
READ = frozenset({"GET", "HEAD"})
WRITE = frozenset({"POST"})
FORM = READ | WRITE


@dataclass(frozen=True)
class Route:
    """The least role that may read, the methods answered, and which rows of a compartment fill the address.

    `rows` names for each part of the address one row or several; `write` is the least role for a POST where it
    is higher; `data` is what a POST sends; `also` are further answers a POST of that data may get.
    """

    least: int
    methods: frozenset[str]
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    write: int | None = None
    data: dict[str, str] = field(default_factory=dict)
    also: frozenset[int] = frozenset()
    names_all: bool = False

    def needed(self, method: str) -> int:
        return self.write if method == "POST" and self.write is not None else self.least


def of(*rows: str) -> dict[str, tuple[str, ...]]:
    return {"pk": rows}


CLAIM = {"pk": ("draft", "sum_up"), "claim": ("draft_claim", "claim")}

DESK = {
    "guard:login": Route(NOBODY, FORM),
    "guard:come_in": Route(NOBODY, FORM, {"secret": ("invitation",)}),
    "guard:second_step": Route(NOBODY, FORM),
    "guard:passkey_options": Route(NOBODY, WRITE),
    "guard:passkey_login": Route(NOBODY, WRITE),
    "guard:account": Route(MEMBER, FORM),
    "guard:again": Route(MEMBER, FORM),
    "guard:app": Route(MEMBER, FORM),
    "guard:codes": Route(MEMBER, FORM),
    "guard:passkey_new": Route(MEMBER, WRITE),
    "guard:add_passkey": Route(MEMBER, WRITE),
    "guard:remove_factor": Route(MEMBER, WRITE),
    "guard:passphrase": Route(MEMBER, FORM),
    "guard:end_sessions": Route(MEMBER, WRITE, data={"session": "none of ours"}),
    "guard:logout": Route(MEMBER, WRITE),
    "guard:found": Route(MEMBER, FORM),
    "guard:guard": Route(ORGANISER, FORM),
    "guard:unlock": Route(HOLDER, FORM),
    "guard:lock": Route(HOLDER, WRITE),
    "guard:invite": Route(ORGANISER, WRITE, data={"role": "1"}),
    "guard:agree": Route(ORGANISER, WRITE, of("on_its_way")),
    "guard:take_invitation_back": Route(ORGANISER, WRITE, of("on_its_way")),
    "guard:ask_factor": Route(HOLDER, WRITE, data={"asked": "1"}),
    "guard:make_holder": Route(HOLDER, WRITE, of("member")),
    "guard:remove": Route(HOLDER, WRITE, of("member")),
    "guard:keeping": Route(ORGANISER, FORM),
    "guard:propose": Route(HOLDER, WRITE, data={"what": "hold", "reason": "A court asks"}),
    "guard:second": Route(HOLDER, WRITE, of("proposal")),
    "guard:withdraw": Route(HOLDER, WRITE, of("proposal")),
    "guard:keep_contacts": Route(HOLDER, WRITE),
    "guard:paper": Route(ORGANISER, FORM),
    "guard:trust_paper": Route(HOLDER, WRITE),
    "guard:prove_paper": Route(HOLDER, WRITE),
    "guard:take_back": Route(ORGANISER, WRITE),
    "people:people": Route(MEMBER, READ),
    "people:add_section": Route(ORGANISER, FORM),
    "people:change_section": Route(ORGANISER, FORM, of("section")),
    "people:bring": Route(HOLDER, FORM),
    "people:take_back": Route(HOLDER, WRITE, of("brought")),
    "people:take_out": Route(HOLDER, FORM),
    "people:monday": Route(ORGANISER, READ),
    "people:ladder": Route(MEMBER, FORM, write=ORGANISER),
    "people:remove_rung": Route(ORGANISER, WRITE, of("rung")),
    "people:mandates": Route(MEMBER, FORM, write=ORGANISER),
    "people:mandate": Route(ORGANISER, FORM, of("mandate")),
    "people:move_mandate": Route(ORGANISER, WRITE, of("mandate")),
    "people:study": Route(MEMBER, FORM, write=ORGANISER),
    "people:person": Route(HOLDER, READ, of("contact")),
    "people:welcome": Route(HOLDER, WRITE, of("contact")),
    "people:vouch": Route(HOLDER, WRITE, of("contact")),
    "people:teach": Route(HOLDER, WRITE, of("contact")),
    "people:give_part": Route(HOLDER, WRITE, of("contact")),
    "listen:rounds": Route(MEMBER, FORM),
    "listen:open_round": Route(ORGANISER, FORM),
    "listen:round": Route(MEMBER, FORM, of("round", "next_round")),
    "listen:field_report": Route(MEMBER, FORM, of("round", "next_round")),
    "listen:send": Route(MEMBER, WRITE, of("round", "next_round"), also=frozenset({400})),
    "listen:take_file": Route(MEMBER, FORM, of("round", "next_round")),
    "listen:worker": Route(MEMBER, READ, of("round", "next_round")),
    "listen:manifest": Route(MEMBER, READ, of("round", "next_round")),
    "listen:watches": Route(MEMBER, FORM, write=ORGANISER),
    "listen:watch": Route(MEMBER, FORM, of("watch")),
    "listen:add_feed": Route(ORGANISER, WRITE, of("watch")),
    "listen:note_event": Route(MEMBER, WRITE, of("watch")),
    "listen:announce": Route(MEMBER, WRITE, of("watch")),
    "listen:take_table": Route(ORGANISER, WRITE, of("watch")),
    "listen:set_right": Route(ORGANISER, WRITE, {"pk": ("watch",), "event": ("watched",)}),
    "listen:needs": Route(MEMBER, FORM),
    "listen:find_sheet": Route(MEMBER, FORM),
    "listen:sheet": Route(MEMBER, FORM, {"code": ("paper_sheet",)}),
    "listen:sheets": Route(MEMBER, FORM, of("round", "next_round")),
    "listen:voices": Route(MEMBER, FORM, of("round")),
    "listen:voice": Route(MEMBER, FORM, {"pk": ("round",), "voice": ("voice",)}),
    "listen:take_snapshot": Route(ORGANISER, WRITE, of("round")),
    "listen:ways": Route(ORGANISER, FORM, of("round", "next_round"), also=frozenset({422})),
    "listen:open_door": Route(ORGANISER, WRITE, of("round")),
    "listen:withdraw_way": Route(ORGANISER, WRITE, {"pk": ("round",), "way": ("way",)}),
    "listen:set_way_aside": Route(ORGANISER, WRITE, {"pk": ("round",), "way": ("way",)}),
    "listen:moderate": Route(ORGANISER, WRITE, {"pk": ("round",), "number": ("held",)}),
    "sumup:sum_ups": Route(MEMBER, FORM),
    "sumup:answers": Route(MEMBER, FORM),
    "sumup:answer": Route(ORGANISER, FORM, {"key": ("asked",)}),
    "sumup:begin": Route(ORGANISER, FORM, {"round_pk": ("round",)}),
    "sumup:sum_up": Route(MEMBER, FORM, of("sum_up", "draft")),
    "sumup:describe": Route(ORGANISER, WRITE, of("sum_up", "draft")),
    "sumup:renew": Route(ORGANISER, WRITE, of("sum_up", "draft")),
    "sumup:recognised": Route(ORGANISER, FORM, of("sum_up", "draft")),
    "sumup:draft": Route(ORGANISER, FORM, of("sum_up", "draft")),
    "sumup:put_back": Route(ORGANISER, WRITE, {"pk": ("draft",), "taken": ("taken",)}),
    "sumup:add_claim": Route(ORGANISER, WRITE, of("sum_up", "draft")),
    "sumup:claim": Route(ORGANISER, FORM, CLAIM),
    "sumup:move_claim": Route(ORGANISER, WRITE, CLAIM),
    "sumup:remove_claim": Route(ORGANISER, WRITE, CLAIM),
    "sumup:sign": Route(ORGANISER, WRITE, of("sum_up", "draft")),
    "sumup:publish": Route(ORGANISER, WRITE, of("sum_up", "draft")),
    "decide:decide": Route(MEMBER, FORM),
    "decide:principles": Route(MEMBER, FORM, write=ORGANISER),
    "decide:vote_principle": Route(MEMBER, WRITE, of("principle")),
    "decide:count_principle": Route(ORGANISER, WRITE, of("principle")),
    "decide:retire_principle": Route(ORGANISER, WRITE, of("principle")),
    "decide:choose_statement": Route(ORGANISER, WRITE, of("demand")),
    "decide:further": Route(MEMBER, FORM, also=frozenset({404})),
    "decide:line": Route(MEMBER, FORM, write=ORGANISER),
    "decide:one_line": Route(MEMBER, FORM, of("line")),
    "decide:slogans": Route(MEMBER, FORM, write=ORGANISER),
    "decide:slogan": Route(MEMBER, FORM, of("slogan")),
    "decide:forces": Route(MEMBER, FORM, write=ORGANISER),
    "decide:force": Route(MEMBER, FORM, of("force"), write=ORGANISER),
    "decide:change_force": Route(ORGANISER, WRITE, of("force")),
    "decide:assessments": Route(MEMBER, FORM, write=ORGANISER),
    "decide:assessment": Route(MEMBER, FORM, of("assessment"), write=ORGANISER),
    "decide:forecast": Route(ORGANISER, WRITE, of("assessment")),
    "decide:point": Route(ORGANISER, FORM, of("point")),
    "decide:settle": Route(ORGANISER, WRITE, of("forecast")),
    "decide:plans": Route(MEMBER, FORM),
    "decide:make_plan": Route(ORGANISER, FORM, of("decision")),
    "decide:plan": Route(MEMBER, FORM, of("plan"), write=ORGANISER),
    "decide:mobilise": Route(ORGANISER, WRITE, of("plan")),
    "decide:ready": Route(ORGANISER, WRITE, of("plan")),
    "decide:remove_mobilisation": Route(ORGANISER, WRITE, of("mobilisation")),
    "decide:motions": Route(MEMBER, FORM, write=ORGANISER),
    "decide:motion": Route(MEMBER, FORM, of("motion"), write=ORGANISER),
    "decide:vote_on_motion": Route(MEMBER, WRITE, of("motion")),
    "decide:amend": Route(ORGANISER, WRITE, of("motion")),
    "decide:settle_amendment": Route(ORGANISER, WRITE, of("amendment")),
    "decide:add_speaker": Route(MEMBER, WRITE, of("motion")),
    "decide:move_speaker": Route(ORGANISER, WRITE, of("speaker")),
    "decide:close_motion": Route(ORGANISER, WRITE, of("motion")),
    "decide:screen": Route(MEMBER, FORM, of("motion")),
    "decide:minute": Route(MEMBER, FORM, of("motion")),
    "decide:unity": Route(MEMBER, FORM, write=ORGANISER),
    "decide:join_unity": Route(ORGANISER, WRITE),
    "decide:take_in_unity": Route(ORGANISER, WRITE),
    "decide:unity_text": Route(MEMBER, FORM, of("unity"), write=ORGANISER),
    "decide:invite_to_unity": Route(ORGANISER, WRITE, of("unity")),
    "decide:reword": Route(ORGANISER, WRITE, {"pk": ("unity",), "sentence": ("sentence",)}),
    "decide:endorse": Route(ORGANISER, WRITE, of("unity")),
    "decide:publish_unity": Route(ORGANISER, WRITE, of("unity")),
    "decide:make_demand": Route(ORGANISER, FORM),
    "decide:demand": Route(MEMBER, FORM, of("demand")),
    "decide:record": Route(ORGANISER, FORM),
    "decide:decision": Route(MEMBER, FORM, of("decision")),
    "decide:publish_decision": Route(ORGANISER, WRITE, of("decision")),
    "call:calls": Route(MEMBER, READ),
    "call:compose": Route(ORGANISER, FORM, {"decision_pk": ("decision",)}),
    "call:call": Route(MEMBER, READ, of("call", "draft_call")),
    "call:change": Route(ORGANISER, FORM, of("call", "draft_call")),
    "call:publish": Route(ORGANISER, WRITE, of("call", "draft_call")),
    "call:cancel": Route(ORGANISER, WRITE, of("call", "draft_call")),
    "call:material": Route(MEMBER, READ, {"pk": ("call",), "sheet": ("sheet",)}),
    "call:calendar": Route(MEMBER, READ, of("call")),
    "act:events": Route(MEMBER, READ),
    "act:plan": Route(ORGANISER, FORM),
    "act:event": Route(MEMBER, READ, of("event", "meeting")),
    "act:change": Route(ORGANISER, FORM, of("meeting")),
    "act:cancel": Route(ORGANISER, WRITE, of("meeting")),
    "act:collect": Route(HOLDER, WRITE, of("event", "meeting")),
    "act:headcount": Route(MEMBER, WRITE, of("event", "meeting")),
    "act:walk_in": Route(HOLDER, FORM, of("event", "meeting")),
    "act:mark": Route(HOLDER, WRITE, {"pk": ("event",), "attendance_pk": ("attendance",)}),
    "act:next_steps": Route(ORGANISER, FORM, of("event", "meeting")),
    "act:next_step": Route(HOLDER, FORM, of("contact")),
    "act:step_done": Route(ORGANISER, WRITE, of("step")),
    "programmes:programmes": Route(MEMBER, FORM, write=ORGANISER),
    "programmes:programme": Route(MEMBER, FORM, of("programme"), write=ORGANISER),
    "programmes:end": Route(ORGANISER, WRITE, of("programme")),
    "programmes:note": Route(MEMBER, WRITE, of("programme")),
    "programmes:notice": Route(MEMBER, WRITE, {"pk": ("programme",), "notice": ("ask", "offer")}),
    "programmes:count": Route(ORGANISER, WRITE, {"pk": ("programme",), "session": ("session",)}),
    "structure:tests": Route(MEMBER, FORM, write=ORGANISER),
    "structure:test": Route(MEMBER, FORM, of("structure_test"), write=ORGANISER),
    "meeting:kit": Route(MEMBER, FORM, of("event", "meeting"), write=ORGANISER),
    "meeting:wall": Route(MEMBER, FORM, of("event")),
    "meeting:decided": Route(MEMBER, FORM, of("event")),
    "meeting:close": Route(ORGANISER, FORM, of("event")),
    "act:slots": Route(ORGANISER, WRITE, of("event", "meeting"), data={"slots": "Stewards, 3"}),
    "meeting:agenda": Route(MEMBER, READ, of("event")),
    "meeting:minute": Route(MEMBER, READ, of("event")),
    "meeting:item": Route(MEMBER, FORM, {"pk": ("event",), "item": ("item",)}, write=ORGANISER),
    "meeting:move": Route(ORGANISER, WRITE, {"pk": ("event",), "item": ("item",)}),
    "meeting:link": Route(ORGANISER, WRITE, {"pk": ("event",), "item": ("item",)}),
    "meeting:speak": Route(MEMBER, WRITE, {"pk": ("event",), "item": ("item",)}),
    "meeting:spoke": Route(ORGANISER, WRITE, {"pk": ("event",), "waiting": ("waiting",)}),
    "learn:reviews": Route(MEMBER, READ),
    "learn:review": Route(MEMBER, FORM, {"event_pk": ("event", "meeting")}, write=ORGANISER),
    "learn:keep_lesson": Route(ORGANISER, WRITE, {"event_pk": ("event",)}),
    "learn:lesson": Route(MEMBER, READ, of("lesson")),
    "learn:open_next_round": Route(ORGANISER, WRITE, of("lesson")),
    "home:doors": Route(MEMBER, FORM),
    "home:today": Route(MEMBER, FORM),
    "home:turn": Route(MEMBER, FORM, of("round", "next_round")),
}

TALK = {"slug": ("talk", "next_talk")}
REFUSED, TOO_LATE = frozenset({403}), frozenset({409})

SQUARE = {
    "envelopes:manage": Route(NOBODY, FORM, {"secret": ("secret",)}),
    "envelopes:thanks": Route(NOBODY, READ, {"secret": ("secret",)}),
    "envelopes:cancel": Route(NOBODY, WRITE, {"secret": ("secret",)}),
    "calls:short": Route(NOBODY, READ, {"code": ("code",)}),
    "calls:call": Route(NOBODY, FORM, {"slug": ("call_slug",)}, also=TOO_LATE),
    "calls:event": Route(NOBODY, FORM, {"uuid": ("public_event", "public_meeting")}),
    "calls:calendar": Route(NOBODY, READ, {"uuid": ("public_event", "public_meeting")}),
    "calls:feed": Route(NOBODY, READ),
    "conversations:conversation": Route(NOBODY, READ, TALK),
    "conversations:vote": Route(NOBODY, WRITE, TALK, also=REFUSED),
    "conversations:words": Route(NOBODY, FORM, TALK, also=frozenset({422})),
    "conversations:short": Route(NOBODY, READ, {"pk": ("talk_pk",)}),
    "conversations:way_in": Route(NOBODY, FORM, TALK, also=frozenset({422})),
    "conversations:way_in_by": Route(NOBODY, FORM, TALK | {"code": ("code",)}, also=frozenset({422})),
    "conversations:answers": Route(NOBODY, READ, TALK),
    "conversations:stand": Route(NOBODY, READ, TALK),
    "conversations:results": Route(NOBODY, READ, TALK),
    "conversations:every_statement": Route(NOBODY, READ, TALK),
    "reports:answers": Route(NOBODY, READ),
    "reports:report": Route(NOBODY, READ, {"slug": ("report",)}),
    "reports:sheet": Route(NOBODY, READ, {"slug": ("report",)}),
    "reports:heard": Route(NOBODY, WRITE, {"slug": ("report",), "claim": ("public_claim",)}, also=REFUSED),
    "organisations:audit_heads": Route(NOBODY, READ, names_all=True),
    "envelopes:confirm": Route(NOBODY, FORM, {"secret": ("secret",)}),
    "envelopes:stop": Route(NOBODY, FORM, {"secret": ("secret",)}),
    "home:front": Route(NOBODY, READ, names_all=True),
    "home:language": Route(NOBODY, READ, {"code": ("language",)}),
    "home:organisation": Route(NOBODY, READ),
    "home:news": Route(NOBODY, READ),
    "home:next": Route(NOBODY, READ),
}

OF_DOOR = {"desk": DESK, "square": SQUARE}
