"""Keys, envelopes and codenames: the only place that knows cryptography.

Who opens what, and how it is written down, is in docs/explanation/keys.md; the choices are in docs/decisions/0030 and
after. The vault reads no clock and no disk; the system's random source is all it asks for. What is for one person is
*sealed* to a public key, a key under another key is *wrapped*, a content is *encrypted*. Each is bound to its purpose
and its place, and whatever does not open says so with one error, `CannotOpenError`.

    site        new_site_key, SiteKeys, tag, encrypt_field, decrypt_field
    stretching  Cost, MEMBER_COST, CONTACT_COST, site_floor, Stretching
    passwords   set_password, check_password, PasswordRecord
    sealing     PrivateKey, PublicKey
    members     RecoveryCode, close_password_slot, open_password_slot, close_recovery_slot, open_recovery_slot
    custodians  Custodian, PairSeal, close_for_custodians, open_first, open_second, hand_over, take_over
    codename    Codename
    wording     Language
    contacts    contact_keys, ContactKeys, ContactSlot, new_slots, close_slot, empty_slot, open_slot
    cases       Domain, CaseKey, grant, open_grant, grant_to_contact, open_contact_grant, renew, Renewal
    rings       close_ring, open_ring
    records     RecordId, new_data_key, open_data_key, rewrap, encrypt_text, decrypt_text
    binding     RecordPlace
    files       FileEncryptor, decrypt_file, stored_length
    sessions    new_session_id, session_keys, SessionKeys, keep_in_session, take_from_session
    runs        seal_run, open_run
    blocks      new_block_pair, BlockPair, open_block_pair, seal_block, open_block
    age_file    seal_age_file, open_age_file
    age_key     new_age_key, check_age_key, seal_to_age_key, open_with_age_key
    errors      VaultError, CannotOpenError, CodeError, CostError, ForbiddenError, KeyFormatError, TooLargeError

Import from the modules: `age_file` and `age_key` need the age library alone, which belongs to the base install, so that
they load where the cryptography library is missing.
"""
